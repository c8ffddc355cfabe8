import type { AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard'
import { type Matcher, selector } from '../../../definitions/language/node.ts'
import { type Severity, severities } from '../../../definitions/language/severity.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { Model } from '../../model/model.ts'
import { print } from '../../promql/print.ts'
import { grafanaDatasource, prometheusDatasource } from './datasource.ts'
import { ofAlerts } from './narrow.ts'
import { severityColours } from './steps.ts'

/** Annotations on all charts: Grafana's own, and when alerts of this bot fired. */
export const annotationsOf = (model: Model): AnnotationQuery[] => [
  {
    builtIn: 1,
    datasource: grafanaDatasource,
    enable: true,
    hide: true,
    iconColor: 'rgba(0, 211, 255, 1)',
    name: 'Annotations & Alerts',
    type: 'dashboard',
  },
  ...marks.filter((severity) => toldOf(model, severity).length > 0).map((severity) => fired(model, severity)),
]

/** One for each severity, in its usual colour; the worst is drawn last, on top. */
const marks = severities.toReversed()
const names: Readonly<Record<Severity, string>> = { critical: 'Critical alerts', warning: 'Warnings', info: 'Infos' }

const toldOf = ({ alerts }: Model, severity: Severity) =>
  alerts.filter((alert) => alert.severity === severity && alert.of.of !== 'watchdog')

/** Grafana 11 reads the expression next to the target, later versions inside it. */
function fired(model: Model, severity: Severity): AnnotationQuery {
  const { bot, alerts } = model
  const always = alerts
    .filter((alert) => alert.severity === severity && alert.of.of === 'watchdog')
    .map((alert) => alert.name)
  const matchers: readonly Matcher[] = [
    { label: 'alertstate', op: '=', value: 'firing' },
    { label: 'bot', op: '=', value: bot.name },
    { label: 'severity', op: '=', value: severity },
    ...ofAlerts(freeLabelsOf(bot)),
    ...(always.length === 0 ? [] : [{ label: 'alertname', op: '!~' as const, value: always.join('|') }]),
  ]
  const expr = print(selector('ALERTS', matchers))
  return {
    datasource: prometheusDatasource,
    enable: true,
    hide: false,
    iconColor: severityColours[severity],
    name: names[severity],
    expr,
    step: '60s',
    titleFormat: '{{alertname}}',
    textFormat: '{{severity}}',
    tagKeys: tagsOf(toldOf(model, severity)).join(','),
    // The SDK's targets have a method that only marks their type; only the data is written.
    target: { refId: severity, datasource: prometheusDatasource, expr, interval: '60s' } as unknown as NonNullable<
      AnnotationQuery['target']
    >,
  }
}

/** The labels that distinguish the series of an alert; Grafana shows those that a series has. */
function tagsOf(alerts: Model['alerts']): readonly string[] {
  const carried = new Set(alerts.flatMap(({ labels }) => labels))
  return [...carried].filter((label) => !['bot', 'env', 'job', 'alertname'].includes(label)).sort()
}

import type { AnnotationQuery } from '@grafana/grafana-foundation-sdk/dashboard'
import { type Matcher, selector } from '../../definitions/language/node.ts'
import { freeLabelsOf } from '../free-labels.ts'
import type { Model } from '../model.ts'
import { print } from '../promql/print.ts'
import { own, prometheus } from './datasource.ts'
import { ofAlerts } from './narrow.ts'

/** Marks on all curves: Grafana's own, and when alerts of this bot fired. */
export const annotationsOf = (model: Model): AnnotationQuery[] => [
  {
    builtIn: 1,
    datasource: own,
    enable: true,
    hide: true,
    iconColor: 'rgba(0, 211, 255, 1)',
    name: 'Annotations & Alerts',
    type: 'dashboard',
  },
  fired(model),
]

/** Grafana 11 reads the expression beside the target, later ones inside. */
function fired({ bot, alerts }: Model): AnnotationQuery {
  const always = alerts.filter((alert) => alert.of.of === 'watchdog').map((alert) => alert.name)
  const matchers: readonly Matcher[] = [
    { label: 'alertstate', op: '=', value: 'firing' },
    { label: 'bot', op: '=', value: bot.name },
    ...ofAlerts(freeLabelsOf(bot)),
    ...(always.length === 0 ? [] : [{ label: 'alertname', op: '!~' as const, value: always.join('|') }]),
  ]
  const expr = print(selector('ALERTS', matchers))
  return {
    datasource: prometheus,
    enable: true,
    hide: false,
    iconColor: 'red',
    name: 'Alerts',
    expr,
    step: '60s',
    titleFormat: '{{alertname}}',
    textFormat: '{{severity}}',
    tagKeys: tagsOf(alerts).join(','),
    // The SDK's targets carry a method that only marks their type; what is written is the data.
    target: { refId: 'Alerts', datasource: prometheus, expr, interval: '60s' } as unknown as NonNullable<
      AnnotationQuery['target']
    >,
  }
}

/** The labels that tell the firings of an alert apart; Grafana shows those that a series has. */
function tagsOf(alerts: Model['alerts']): readonly string[] {
  const carried = new Set(alerts.flatMap(({ labels }) => labels))
  return [...carried].filter((label) => !['bot', 'env', 'job', 'alertname'].includes(label)).sort()
}

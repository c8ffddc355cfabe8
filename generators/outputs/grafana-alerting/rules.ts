import { durationText, inSeconds } from '../../../definitions/language/duration.ts'
import { aggregate, binary, type Node } from '../../../definitions/language/node.ts'
import { severities } from '../../../definitions/language/severity.ts'
import { grafanaManaged, mutersOf, reportedAlerts, unlessMuted, whileMuted } from '../../model/grafana-managed.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { ruleAnnotations } from '../../model/rule-groups.ts'
import { print } from '../../promql/print.ts'
import { inLines } from '../../text/expression.ts'
import { uidOf } from './uid.ts'
import { grafanaValues } from './values.ts'

/** The refIds of a rule: what Prometheus answers, whether that is a value at all, and whether that makes it fire. */
const [asked, isThere, condition] = ['A', 'B', 'C'] as const

/** Grafana evaluates at multiples of ten seconds. */
const intervalOf = ({ bot }: Model): number => Math.max(10, Math.ceil(inSeconds(bot.stack.evaluate) / 10) * 10)

/** The rule groups of Grafana: one for each severity that has an alert. */
export const ruleGroupsOf = (model: Model): readonly object[] =>
  severities.flatMap((severity) => {
    const alerts = grafanaManaged(model).filter((alert) => alert.severity === severity)
    return alerts.length === 0
      ? []
      : [
          {
            orgId: 1,
            name: `${model.bot.name}-${severity}`,
            folder: model.bot.title,
            interval: `${intervalOf(model)}s`,
            rules: alerts.map((alert) => ruleOf(model, alert)),
          },
        ]
  })

/**
 * The rules that Grafana must delete: those of alerts that stayed with Prometheus. A rule that is only gone from its file
 * stays in Grafana.
 */
export function deletedRules(model: Model): readonly object[] {
  const managed = new Set(grafanaManaged(model).map(({ name }) => name))
  return model.alerts
    .filter(({ name }) => !managed.has(name))
    .map(({ name }) => ({ orgId: 1, uid: uidOf(`${model.bot.name}-${name}`) }))
}

function ruleOf(model: Model, alert: AlertRule): object {
  const { values, computed } = grafanaValues(asked)
  const annotations = ruleAnnotations(model, alert, {
    values,
    grafanaUrl: 'externalURL',
    // Grafana fills it in from its environment when it reads the file
    runbookUrl: `"${environment('RUNBOOK_PUBLIC_URL')}"`,
  })
  const interval = intervalOf(model)
  const keep = inSeconds(alert.keepFiringFor)
  return {
    uid: uidOf(`${model.bot.name}-${alert.name}`),
    title: alert.name,
    condition,
    data: [
      query(asked, expressionOf(model, alert)),
      ...[...computed.figures].map(([refId, { query: of, labels }]) =>
        query(refId, aggregate('max', of, 'by', labels)),
      ),
      ...[...computed.products].map(([refId, expression]) => expressed(refId, { type: 'math', expression })),
      expressed(isThere, {
        type: 'math',
        expression: `is_number($${asked}) || is_nan($${asked}) || is_inf($${asked})`,
      }),
      expressed(condition, {
        type: 'threshold',
        expression: isThere,
        conditions: [{ evaluator: { type: 'gt', params: [0] } }],
      }),
    ],
    ...(alert.panel === null ? {} : { dashboardUid: alert.panel.uid, panelId: alert.panel.id }),
    noDataState: 'OK',
    execErrState: 'Error',
    for: alert.rules[0]?.for ?? '0s',
    ...(keep === 0 ? {} : { keepFiringFor: durationText(keep * 1000) }),
    // a series that is gone keeps firing as long as one whose rule has no data at all
    missing_series_evals_to_resolve: Math.ceil(keep / interval) + 1,
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([name, text]) => [name, withoutInterpolation(text)]),
    ),
    labels: {
      severity: alert.severity,
      ...(alert.labels.includes('bot') ? {} : { bot: model.bot.name }),
    },
    isPaused: false,
  }
}

/**
 * What Prometheus is asked: the condition unless it is muted, or what was reported before the mute began. Its labels are the alert's:
 * Grafana would keep the name of the metric as a label.
 */
function expressionOf(model: Model, alert: AlertRule): Node {
  const muters = mutersOf(model, alert)
  const when = aggregate('max', alert.rules[0]?.expr ?? alert.of.when, 'by', alert.labels)
  const before = whileMuted(reportedAlerts(model, [alert.name]), muters)
  const now = unlessMuted(when, muters)
  return before === null ? now : binary('or', now, aggregate('max', before, 'by', alert.labels))
}

const query = (refId: string, of: Node) => ({
  refId,
  datasourceUid: 'prometheus',
  relativeTimeRange: { from: 600, to: 0 },
  // the model is not interpolated, so nothing in it is escaped
  model: { refId, expr: inLines(print(of)), instant: true, range: false, intervalMs: 1000, maxDataPoints: 43_200 },
})

const expressed = (refId: string, model: object) => ({
  refId,
  datasourceUid: '__expr__',
  relativeTimeRange: { from: 0, to: 0 },
  model: { refId, datasource: { type: '__expr__', uid: '__expr__' }, ...model },
})

const environment = (name: string) => `\${${name}}`

/** Grafana replaces `$name` in a file by a variable of its environment, and `$$` by `$`; only a variable that is meant stays. */
const withoutInterpolation = (text: string): string =>
  text.replaceAll('$', '$$$$').replaceAll(`$${environment('RUNBOOK_PUBLIC_URL')}`, environment('RUNBOOK_PUBLIC_URL'))

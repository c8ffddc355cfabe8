import { z } from 'zod'
import { readYaml } from '../../generators/text/yaml.ts'

// The keys of Grafana's provisioning files, as its reader takes them and its documentation lists them:
// https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/
// and pkg/services/provisioning/alerting/types.go, rules_types.go, contact_point_types.go, notification_policy_types.go and
// text_templates_types.go in grafana/grafana. Its reader ignores an unknown key, so here none may be unknown.

const uid = z.string().regex(/^[\w-]{1,40}$/)
const duration = z.string().regex(/^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/)
const orgId = z.literal(1)

const prometheusModel = z.strictObject({
  refId: z.string(),
  expr: z.string().min(1),
  instant: z.literal(true),
  range: z.literal(false),
  intervalMs: z.int(),
  maxDataPoints: z.int(),
})
const ownSource = z.strictObject({ type: z.literal('__expr__'), uid: z.literal('__expr__') })
const mathModel = z.strictObject({
  refId: z.string(),
  datasource: ownSource,
  type: z.literal('math'),
  expression: z.string().min(1),
})
const thresholdModel = z.strictObject({
  refId: z.string(),
  datasource: ownSource,
  type: z.literal('threshold'),
  expression: z.string(),
  conditions: z.tuple([
    z.strictObject({ evaluator: z.strictObject({ type: z.string(), params: z.array(z.number()) }) }),
  ]),
})
const step = z.strictObject({
  refId: z.string().regex(/^\w+$/),
  datasourceUid: z.enum(['prometheus', '__expr__']),
  relativeTimeRange: z.strictObject({ from: z.int(), to: z.int() }),
  model: z.union([prometheusModel, mathModel, thresholdModel]),
})
const rule = z.strictObject({
  uid,
  title: z.string().min(1).max(190),
  condition: z.string(),
  data: z.array(step).min(1),
  dashboardUid: uid.optional(),
  panelId: z.int().optional(),
  noDataState: z.enum(['NoData', 'Alerting', 'OK', 'KeepLast']),
  execErrState: z.enum(['Error', 'Alerting', 'OK', 'KeepLast']),
  for: duration,
  keepFiringFor: duration.optional(),
  missing_series_evals_to_resolve: z.int().min(1),
  annotations: z.record(z.string(), z.string()),
  labels: z.record(z.string(), z.string()),
  isPaused: z.literal(false),
})
const rulesFile = z.strictObject({
  apiVersion: z.literal(1),
  groups: z.array(
    z.strictObject({
      orgId,
      name: z.string().min(1),
      folder: z.string().min(1),
      interval: duration.refine((text) => secondsOfFile(text) % 10 === 0, 'not a multiple of ten seconds'),
      rules: z.array(rule).min(1),
    }),
  ),
  deleteRules: z.array(z.strictObject({ orgId, uid })).optional(),
})

const telegram = z.strictObject({
  bottoken: z.string().min(1),
  chatid: z.string().min(1),
  parse_mode: z.enum(['None', 'HTML', 'Markdown', 'MarkdownV2']),
  message: z.string(),
  disable_notification: z.boolean(),
})
const discord = z.strictObject({ url: z.string().min(1), title: z.string(), message: z.string() })
const email = z.strictObject({ addresses: z.string().min(1) })
const receiver = z.discriminatedUnion('type', [
  z.strictObject({ uid, type: z.literal('telegram'), settings: telegram, disableResolveMessage: z.boolean() }),
  z.strictObject({ uid, type: z.literal('discord'), settings: discord, disableResolveMessage: z.boolean() }),
  z.strictObject({ uid, type: z.literal('email'), settings: email, disableResolveMessage: z.boolean() }),
])
const sends = {
  receiver: z.string(),
  group_interval: duration.optional(),
  repeat_interval: duration.optional(),
  mute_time_intervals: z.array(z.string()).optional(),
}
const deliveryFile = z.strictObject({
  apiVersion: z.literal(1),
  contactPoints: z.array(z.strictObject({ orgId, name: z.string(), receivers: z.array(receiver).min(1) })),
  policies: z.tuple([
    z.strictObject({
      orgId,
      ...sends,
      group_by: z.array(z.string()),
      group_wait: duration,
      routes: z.array(
        z.strictObject({
          object_matchers: z.array(z.tuple([z.string(), z.enum(['=', '!=', '=~', '!~']), z.string()])),
          ...sends,
        }),
      ),
    }),
  ]),
  muteTimes: z.array(
    z.strictObject({
      orgId,
      name: z.string(),
      time_intervals: z.array(
        z.strictObject({
          times: z.array(z.strictObject({ start_time: z.string(), end_time: z.string() })),
        }),
      ),
    }),
  ),
})
const templatesFile = z.strictObject({
  apiVersion: z.literal(1),
  templates: z.array(z.strictObject({ orgId, name: z.string(), template: z.string() })),
})

/** A rule as Grafana has read it. */
export type ReadRule = z.infer<typeof rule>

export const readRulesFile = (text: string) => rulesFile.parse(readYaml(text))
export const readDeliveryFile = (text: string) => deliveryFile.parse(readYaml(text))
export const readTemplatesFile = (text: string) => templatesFile.parse(readYaml(text))

/** A text of a file with the environment filled in (pkg/services/provisioning/values/values.go): `$$` is a dollar sign. */
export const withEnvironment = (text: string, environment: Readonly<Record<string, string>> = {}): string =>
  text
    .split('$$')
    .map((part) => part.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => environment[braced ?? bare] ?? ''))
    .join('$')

/** Seconds of a duration of a file. */
export const secondsOfFile = (text: string): number => {
  const units: Readonly<Record<string, number>> = { d: 86_400, h: 3600, m: 60, s: 1 }
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (units[unit] ?? 0),
    0,
  )
}

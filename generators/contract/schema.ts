import { z } from 'zod'
import { contractFormat } from '../../definitions/language/contract-form.ts'

const metricName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)

/** A label with a closed set of values, or with values that appear at runtime, at most `max` of them. */
const label = z.union([z.strictObject({ values: z.array(z.string()).min(1) }), z.strictObject({ max: z.int().min(1) })])

const metric = z.strictObject({
  name: metricName,
  kind: z.enum(['counter', 'gauge', 'histogram', 'info', 'stateSet']),
  help: z.string().min(1),
  /** The name of its unit, such as `seconds`, or its dimension if the unit has no name, such as `count`. */
  unit: z.string().min(1),
  /** The unit in OpenMetrics' `# UNIT` line if the family's name ends in it, else null. */
  exposedUnit: z.string().min(1).nullable(),
  labels: z.record(labelName, label),
  /** Upper bounds of a histogram in ascending order, without +Inf. */
  buckets: z.array(z.number()).min(1).nullable(),
  /** Whether a bound is negative: then there are buckets only, no sum and no count. */
  signed: z.boolean(),
  states: z.array(z.string()).min(1).nullable(),
  /** The initial value of a gauge; null if its series is absent until it is first set. */
  initially: z.number().nullable(),
  /** `age`: seconds since the last event or since the process started, computed at every scrape. */
  computed: z.literal('age').nullable(),
  /** Whether the sum of its series is meaningful. */
  additive: z.boolean(),
  /** How long a value of a gauge is true unless it is set again, such as `1m`: then it is `initially` again, or absent; null if it does not expire. */
  expiresAfter: z.string().min(1).nullable().default(null),
  /** How soon after the process starts it must be set, such as `5m`; null if it may never be set. */
  mustBeSetWithin: z.string().min(1).nullable().default(null),
  /** Why it may be absent for longer, and for how long: a duration, or `forever`; null if nothing says so. */
  mayBeAbsent: z
    .strictObject({ for: z.string().min(1), because: z.string().min(1) })
    .nullable()
    .default(null),
  /** The gauge with the same labels: when its series are removed, those of this metric are removed too. */
  endsWith: metricName.nullable().default(null),
  /** Whether it is about the contract itself: set by what serves the metrics, never by the bot. */
  ofContract: z.boolean().default(false),
  /** The names under which its series are exposed. */
  series: z.array(metricName).min(1),
  /** The maximum number of series per process. */
  seriesBound: z.int().min(1),
})

const field = z.union([
  z.strictObject({ type: z.enum(['string', 'boolean']) }),
  z.strictObject({ type: z.literal('number'), unit: z.string().min(1) }),
  z.strictObject({ values: z.array(z.string()).min(1) }),
])

const event = z.strictObject({
  name: z.string().min(1),
  help: z.string().min(1),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  fields: z.record(z.string(), field),
})

/** contract.json: what a bot emits, for bots and tools in any language. */
export const contractSchema = z.strictObject({
  format: z.literal(contractFormat),
  bot: z.string().min(1),
  /**
   * SHA-256 over names, kinds, labels, closed values, buckets and units only. For each metric: the object
   * { buckets, kind, labels, name, unit } as here, where a closed label is its sorted values and an open one
   * null; the array of these, sorted by name, as canonical JSON (RFC 8785). Metrics about the contract itself are left out.
   */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** When the bot's day begins: what `today` means in its metrics. */
  day: z.strictObject({ startsAt: z.string().regex(/^\d\d:\d\d$/), timeZone: z.string().min(1) }),
  /** The labels that the scrape adds to every series; no metric may have these itself. */
  targetLabels: z.array(labelName),
  /** The values of the label env. */
  environments: z.array(z.string().min(1)),
  metrics: z.array(metric),
  /** Retired names, never to be reused, each with its replacement; not part of the hash. */
  retired: z.record(metricName, z.string().min(1)).default({}),
  events: z.array(event),
})

export type Contract = z.infer<typeof contractSchema>

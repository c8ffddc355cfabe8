import { z } from 'zod'
import { contractFormat } from '../../definitions/language/contract-form.ts'

const metricName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)
const labelName = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/)

/** A label of known values, or of values that the bot finds while it runs, at most so many. */
const label = z.union([z.strictObject({ values: z.array(z.string()).min(1) }), z.strictObject({ max: z.int().min(1) })])

const metric = z.strictObject({
  name: metricName,
  kind: z.enum(['counter', 'gauge', 'histogram', 'info', 'stateSet']),
  help: z.string().min(1),
  /** The word of its unit, such as `seconds`, or its dimension where the unit has no word, such as `count`. */
  unit: z.string().min(1),
  /** What stands in OpenMetrics' `# UNIT` line: the unit where the family's name ends in it, else null. */
  exposedUnit: z.string().min(1).nullable(),
  labels: z.record(labelName, label),
  /** Upper bounds of a histogram without +Inf, growing. */
  buckets: z.array(z.number()).min(1).nullable(),
  /** Whether a bound is negative: then there are buckets only, no sum and no count. */
  signed: z.boolean(),
  states: z.array(z.string()).min(1).nullable(),
  /** What a gauge reads before it is first set; null where its series is absent until then. */
  initially: z.number().nullable(),
  /** `age`: seconds since it last happened or since the process began, computed at every scrape. */
  computed: z.literal('age').nullable(),
  /** Whether adding its series up says anything. */
  additive: z.boolean(),
  /** How long after the start of the process it has been set, such as `5m`; null where it may never be. */
  mustBeSetWithin: z.string().min(1).nullable().default(null),
  /** The gauge with the same labels whose series take its own along when they are removed. */
  endsWith: metricName.nullable().default(null),
  /** Whether it is about the contract itself: what serves the metrics writes it, never the bot. */
  ofContract: z.boolean().default(false),
  /** The names under which its series are exposed. */
  series: z.array(metricName).min(1),
  /** A process exposes at most so many. */
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
   * SHA-256 over names, kinds, labels, closed values, buckets and units only. Of each metric: the object
   * { buckets, kind, labels, name, unit } as it stands here, where a closed label is its sorted values and an open one
   * null; the array of these, sorted by name, as canonical JSON (RFC 8785). Metrics about the contract itself are left out.
   */
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** When the bot's day begins: what `today` means in its metrics. */
  day: z.strictObject({ startsAt: z.string().regex(/^\d\d:\d\d$/), timeZone: z.string().min(1) }),
  /** What the scrape adds to every series: no metric may carry these itself. */
  targetLabels: z.array(labelName),
  /** The values that the label env has. */
  environments: z.array(z.string().min(1)),
  metrics: z.array(metric),
  /** Names that were used once and never come back, each with what took its place; the hash leaves them out. */
  retired: z.record(metricName, z.string().min(1)).default({}),
  events: z.array(event),
})

export type Contract = z.infer<typeof contractSchema>

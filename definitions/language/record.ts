import type { Allow } from './allow.ts'
import { type Defect, defect } from './defect.ts'
import { type Duration, durationDefects, inSeconds } from './duration.ts'
import type { Node } from './node.ts'
import { type RecordedSeries, recordedSeries } from './query/series.ts'
import type { Carries, Values, Vector } from './query/vector.ts'
import { stamp } from './stamp.ts'
import type { Unit } from './unit.ts'
import type { Where } from './where.ts'

/** A recording rule as the generators read it, with every field present. */
export interface AnyRecord {
  readonly kind: 'record'
  readonly key: string
  /** `prefix:key`. */
  readonly name: string
  readonly help: string
  readonly of: Node
  readonly unit: Unit<string>
  readonly labels: readonly string[]
  /** How often it is recorded; null for at each evaluation. */
  readonly every: string | null
  readonly where: Where
  /** Accepted findings of checks. */
  readonly allow: readonly Allow[]
  readonly defects: readonly Defect[]
}
export interface Record<L extends string, D extends string> extends AnyRecord {
  /** The recorded series, for rules and panels. */
  readonly series: RecordedSeries<L, D>
}

interface Pending<in out L extends string, in out D extends string> {
  readonly help: string
  readonly value: Vector<L, D>
  readonly every: string | null
  readonly allow: readonly Allow[]
}

/** In between, Prometheus takes the last sample for five minutes; one may be missing. */
const rarest = '2m'

/**
 * Declares a recording rule for an expression that is used often. With `every`, it is recorded that often, and at most every two
 * minutes: for an expression that reads days of samples and changes slowly.
 */
export const record = <L extends string, D extends string>(options: {
  readonly help: string
  readonly of: Values<L, D>
  readonly every?: Duration
  readonly allow?: readonly Allow[]
}): Pending<L, D> =>
  Object.freeze({
    help: options.help,
    value: options.of as unknown as Vector<L, D>,
    every: options.every ?? null,
    allow: Object.freeze([...(options.allow ?? [])]),
  })

type Named<R> = R extends Pending<infer L, infer D> ? Record<L, D> : never

/** Recording rules by key; each is recorded as `prefix:key`. */
export function records<
  const R extends Readonly<{ [key: string]: { readonly help: string; readonly value: Carries<string, string> } }>,
>(prefix: string, group: R): { readonly [K in keyof R]: Named<R[K]> } {
  return stamp<Pending<string, string>>(group, records, (key, pending) => {
    const { value } = pending
    const name = `${prefix}:${key}`
    const made: AnyRecord & { series: unknown } = {
      kind: 'record',
      key,
      name,
      help: pending.help,
      of: value.node,
      unit: value.unit,
      labels: value.labels,
      every: pending.every,
      allow: pending.allow,
      where: (pending as unknown as { where: Where }).where,
      defects: [
        ...value.defects,
        ...(/^[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_:]*$/.test(name)
          ? []
          : [defect('record-name', `'${name}' is not a valid recording rule name`, 'use letters, digits and _ only')]),
        ...(pending.every === null ? [] : everyDefects(pending.every)),
      ],
      series: recordedSeries(name, value),
    }
    return made as never
  }) as never
}

function everyDefects(every: string): readonly Defect[] {
  const wrong = durationDefects(every, 'every')
  return wrong.length > 0 || inSeconds(every) <= inSeconds(rarest)
    ? wrong
    : [
        defect(
          'record-every',
          `it is recorded every ${every}, expected at most every ${rarest}: Prometheus takes a sample for five minutes at most, and one may be missing`,
          `write every: '${rarest}' or less`,
        ),
      ]
}

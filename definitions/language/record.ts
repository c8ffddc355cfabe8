import type { Allow } from './allow.ts'
import { type Defect, defect } from './defect.ts'
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
  readonly allow: readonly Allow[]
}

/** Declares a recording rule for an expression that is used often. */
export const record = <L extends string, D extends string>(options: {
  readonly help: string
  readonly of: Values<L, D>
  readonly allow?: readonly Allow[]
}): Pending<L, D> =>
  Object.freeze({
    help: options.help,
    value: options.of as unknown as Vector<L, D>,
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
      allow: pending.allow,
      where: (pending as unknown as { where: Where }).where,
      defects: /^[a-zA-Z_][a-zA-Z0-9_]*:[a-zA-Z_][a-zA-Z0-9_:]*$/.test(name)
        ? value.defects
        : [
            ...value.defects,
            defect('record-name', `'${name}' is not a valid recording rule name`, 'use letters, digits and _ only'),
          ],
      series: recordedSeries(name, value),
    }
    return made as never
  }) as never
}

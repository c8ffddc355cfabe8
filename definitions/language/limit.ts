import type { Severity } from './severity.ts'
import type { Quantity, Unit } from './unit.ts'

export type Bound<D extends string> = Quantity<D> | (D extends 'count' | 'mixed' ? number : never)

/**
 * A threshold from which values have a severity and its colour: red for critical, orange for warning, blue for info. Use it for
 * values without an alert; if an alert watches them, the alert's own threshold is drawn.
 */
export type Limit<D extends string = string> = { readonly severity: Severity } & (
  | { readonly above: Bound<D> }
  | { readonly atLeast: Bound<D> }
  | { readonly below: Bound<D> }
)

/** A limit as the generators read it, in the unit of its query. */
export interface ShownLimit {
  readonly bad: 'above' | 'below'
  readonly value: number
  /** Whether the threshold value itself is bad. */
  readonly inclusive: boolean
  readonly severity: Severity
}

export function shownLimit(limit: Limit, unit: Unit<string>): ShownLimit {
  const { severity } = limit
  if ('above' in limit) return frozen({ bad: 'above', value: inUnit(limit.above, unit), inclusive: false, severity })
  if ('atLeast' in limit) return frozen({ bad: 'above', value: inUnit(limit.atLeast, unit), inclusive: true, severity })
  return frozen({ bad: 'below', value: inUnit(limit.below, unit), inclusive: false, severity })
}

const frozen = (limit: ShownLimit): ShownLimit => Object.freeze(limit)

/** An amount in another unit of its dimension; a bare number is in it already. */
export function inUnit(bound: Quantity<string> | number, to: Unit<string>): number {
  if (typeof bound === 'number') return bound
  const { value, unit, per } = bound
  return Number(((value * unit.num * to.den) / (unit.den * to.num * Math.max(per, 1))).toPrecision(12))
}

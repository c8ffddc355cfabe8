import type { Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'

/** What metrics are made of, for tests of a bot. */
interface Inside {
  readonly families: readonly Family[]
  readonly refusals: Refusals
}

/** Where metrics keep it; found by its name, so that two copies of this package agree. */
export const insideOf = Symbol.for('@botwatch/runtime inside')

/** The inside of what `createMetrics` returned. */
export function insideIn(metrics: object): Inside {
  const inside = (metrics as { readonly [insideOf]?: Inside })[insideOf]
  if (inside === undefined) throw new TypeError('these are no metrics: expected what createMetrics(…) returns')
  return inside
}

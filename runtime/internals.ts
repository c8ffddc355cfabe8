import type { Refusals } from './refusals.ts'
import type { Family } from './shapes.ts'
import type { WarmUp } from './warm-up.ts'

/** The internals of a metrics object, for the bot's own tests. */
interface Internals {
  readonly families: readonly Family[]
  readonly refusals: Refusals
  readonly log: (message: string) => void
  readonly warmUp: WarmUp
}

/** The property that holds it; a registered symbol, so that two copies of this package agree. */
export const internalsOf = Symbol.for('@botwatch/runtime inside')

/** The internals of what `createMetrics` returned. */
export function internalsIn(metrics: object): Internals {
  const inside = (metrics as { readonly [internalsOf]?: Internals })[internalsOf]
  if (inside === undefined) throw new TypeError('not a metrics object: expected the return value of createMetrics(…)')
  return inside
}

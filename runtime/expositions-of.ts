import type { Expositions } from './expositions.ts'

/** The property that holds the pages; a registered symbol, so that two copies of this package agree. */
export const expositionsOf = Symbol.for('@botwatch/runtime pages')

/** The pages of what `createMetrics` returned. */
export function expositionsIn(metrics: object): Expositions {
  const expositions = (metrics as { readonly [expositionsOf]?: Expositions })[expositionsOf]
  if (expositions === undefined)
    throw new TypeError('not a metrics object: expected the return value of createMetrics(…)')
  return expositions
}

/** The property that holds the list of metrics that must be set and never have been. */
export const unsetOf = Symbol.for('@botwatch/runtime unset')

/** The names of the metrics that must be set and never have been; empty if an older copy of this package created them. */
export const unsetIn = (metrics: object): readonly string[] =>
  (metrics as { readonly [unsetOf]?: () => readonly string[] })[unsetOf]?.() ?? []

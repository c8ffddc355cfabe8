import type { Pages } from './pages.ts'

/** Where metrics keep what serves them; found by its name, so that two copies of this package agree. */
export const pagesOf = Symbol.for('@botwatch/runtime pages')

/** The pages of what `createMetrics` returned. */
export function pagesIn(metrics: object): Pages {
  const pages = (metrics as { readonly [pagesOf]?: Pages })[pagesOf]
  if (pages === undefined) throw new TypeError('these are no metrics: expected what createMetrics(…) returns')
  return pages
}

/** Where they keep what says which of them must be set and have never been. */
export const unsetOf = Symbol.for('@botwatch/runtime unset')

/** The names of the metrics that must be set and have never been; none of metrics that another copy of this package made. */
export const unsetIn = (metrics: object): readonly string[] =>
  (metrics as { readonly [unsetOf]?: () => readonly string[] })[unsetOf]?.() ?? []

import type { Pages } from './pages.ts'

/** Where metrics keep what serves them; found by its name, so that two copies of this package agree. */
export const pagesOf = Symbol.for('@botwatch/runtime pages')

/** The pages of what `createMetrics` returned. */
export function pagesIn(metrics: object): Pages {
  const pages = (metrics as { readonly [pagesOf]?: Pages })[pagesOf]
  if (pages === undefined) throw new TypeError('these are no metrics: expected what createMetrics(…) returns')
  return pages
}

import { internalsOf } from '../internals.ts'

/** Logs where the metrics object logs its refusals; never throws. */
export function logOf(metrics: object): (message: string) => void {
  // Missing if an older copy of this package created the metrics.
  const { log = console.warn } =
    (metrics as { readonly [internalsOf]?: { readonly log?: (message: string) => void } })[internalsOf] ?? {}
  return (message) => {
    try {
      log(`botwatch: ${message}`)
    } catch {
      // An error of the log function must not reach the bot through its metrics.
    }
  }
}

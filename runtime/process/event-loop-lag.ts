export interface LagOptions {
  /** Milliseconds between two samples of the event loop; default 20. */
  readonly every?: number
  /** Milliseconds over which the longest lag is kept; should be longer than a scrape interval, default 15,000. */
  readonly window?: number
  /** Receives every lag in seconds, weighted as a task due at a random moment would experience it. */
  readonly observe?: (seconds: number) => void
}

export interface EventLoopLag {
  /** The longest lag in the window in seconds, including a block that has only just ended. */
  readonly longest: () => number
  /** The last measured lag in seconds; right after a block, its length. */
  readonly last: () => number
  readonly end: () => void
}

/** At most this many samples represent one block, however long it was. */
const mostSamples = 1000

/** Measures how late the event loop runs its timers. */
export function createEventLoopLag({ every = 20, window = 15_000, observe }: LagOptions = {}): EventLoopLag {
  // Not perf_hooks.monitorEventLoopDelay: it loses a delay that ends in the turn in which it is reset, it cannot be read as
  // buckets, and it counts one long block as one sample, like each of the short turns around it.
  let looked = performance.now()
  let longest: readonly { readonly at: number; readonly ms: number }[] = []
  let last = 0
  const late = (now: number) => Math.max(0, now - looked - every)
  const look = () => {
    const at = performance.now()
    const ms = late(at)
    // Keep only lags that can still become the maximum of the window.
    longest = [...longest.filter((lag) => lag.ms > ms && at - lag.at < window), { at, ms }]
    looked = at
    last = ms
    if (observe === undefined) return
    // A task that became due during a block waited for the rest of it.
    for (let i = 0, left = ms; i === 0 || (left > 0 && i < mostSamples); i++, left -= every) observe(left / 1000)
  }
  const timer = setInterval(look, every)
  timer.unref()
  return Object.freeze({
    longest: () => {
      const now = performance.now()
      longest = longest.filter(({ at }) => now - at < window)
      return Math.max(late(now), longest[0]?.ms ?? 0) / 1000
    },
    last: () => (late(performance.now()) || last) / 1000,
    end: () => clearInterval(timer),
  })
}

export interface LagOptions {
  /** Milliseconds between two looks at the event loop; 20 without it. */
  readonly every?: number
  /** Milliseconds over which the longest lag is remembered; longer than a scrape interval, 15,000 without it. */
  readonly window?: number
  /** Gets every lag, in seconds, as a task that is due at a random moment would meet it. */
  readonly observe?: (seconds: number) => void
}

export interface EventLoopLag {
  /** The longest of the window in seconds, a block that is only just over among them. */
  readonly longest: () => number
  /** The lag that was measured last, in seconds; of a block that is only just over, its length. */
  readonly last: () => number
  readonly end: () => void
}

/** So many samples stand for one block at most, however long it was. */
const mostSamples = 1000

/** Measures by how much the event loop is late. */
export function createEventLoopLag({ every = 20, window = 15_000, observe }: LagOptions = {}): EventLoopLag {
  // Not perf_hooks.monitorEventLoopDelay: a delay that ends in the turn in which it is reset is lost to it, it cannot
  // be read as buckets, and one long block is one sample in it, like each of the short turns around.
  let looked = performance.now()
  let longest: readonly { readonly at: number; readonly ms: number }[] = []
  let last = 0
  const late = (now: number) => Math.max(0, now - looked - every)
  const look = () => {
    const at = performance.now()
    const ms = late(at)
    // Only what may yet be the greatest of the window is kept.
    longest = [...longest.filter((lag) => lag.ms > ms && at - lag.at < window), { at, ms }]
    looked = at
    last = ms
    if (observe === undefined) return
    // Whoever was due during a block waited for what was left of it.
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

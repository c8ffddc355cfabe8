/**
 * 95 % quantiles of a Brownian motion over T, by its drift mu * sqrt(T) / sigma: the maximum drawdown in units of
 * sigma * sqrt(T), and the longest time under water as a fraction of T.
 */
const table: readonly { readonly drift: number; readonly depth: number; readonly duration: number }[] = [
  { drift: -1, depth: 3.04422, duration: 1 },
  { drift: 0, depth: 2.2414, duration: 0.994 },
  { drift: 0.5, depth: 1.89943, duration: 0.981 },
  { drift: 1, depth: 1.61158, duration: 0.922 },
  { drift: 2, depth: 1.20167, duration: 0.647 },
  { drift: 3, depth: 0.95281, duration: 0.43 },
  { drift: 5, depth: 0.68139, duration: 0.224 },
]

interface DrawdownRange {
  readonly depth: number
  /** In days. */
  readonly duration: number
}

/** The depth and duration that drawdowns over `days` stay within in 95 % of runs of a strategy with these past returns. */
export function usualRange(past: readonly number[], days: number): DrawdownRange {
  const mean = past.reduce((sum, value) => sum + value, 0) / past.length
  const deviation = Math.sqrt(past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (past.length - 1))
  const scale = deviation * Math.sqrt(days)
  const { depth, duration } = between((mean * days) / scale)
  return { depth: depth * scale, duration: duration * days }
}

/** How many of the two limits these returns exceed: the maximum drawdown and the longest time under water. */
export function severity(recent: readonly number[], range: DrawdownRange): 0 | 1 | 2 {
  let [level, peak, since, depth, duration] = [0, 0, 0, 0, 0]
  for (const value of recent) {
    level += value
    since = level >= peak ? 0 : since + 1
    peak = Math.max(peak, level)
    depth = Math.max(depth, peak - level)
    duration = Math.max(duration, since)
  }
  return ((depth > range.depth ? 1 : 0) + (duration > range.duration ? 1 : 0)) as 0 | 1 | 2
}

function between(drift: number): { readonly depth: number; readonly duration: number } {
  const above = table.findIndex((row) => row.drift >= drift)
  const [first, last] = [table[0], table.at(-1)] as [(typeof table)[number], (typeof table)[number]]
  if (above === 0) return first
  if (above < 0) return last
  const [low, high] = [table[above - 1], table[above]] as [(typeof table)[number], (typeof table)[number]]
  const part = (drift - low.drift) / (high.drift - low.drift)
  return {
    depth: low.depth + part * (high.depth - low.depth),
    duration: low.duration + part * (high.duration - low.duration),
  }
}

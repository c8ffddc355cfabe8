/** Cumulative buckets of a histogram; the last bound is infinite. */
export interface BucketTotals {
  readonly bounds: readonly number[]
  readonly totals: readonly number[]
}

/** The same result as Prometheus' histogram_quantile; null without observations, `above` if it exceeds all finite bounds. */
export function quantileOf(
  { bounds, totals }: BucketTotals,
  q: number,
): { readonly value: number; readonly above: boolean } | null {
  const all = totals.at(-1) ?? 0
  if (all <= 0) return null
  const rank = q * all
  const at = totals.findIndex((total) => total >= rank)
  const upper = bounds[at] as number
  const lower = at === 0 ? Math.min(upper, 0) : (bounds[at - 1] as number)
  if (upper === Number.POSITIVE_INFINITY) return { value: lower, above: true }
  const before = at === 0 ? 0 : (totals[at - 1] as number)
  const within = (totals[at] as number) - before
  return { value: within === 0 ? upper : lower + ((upper - lower) * (rank - before)) / within, above: false }
}

/** Observations of the last `remember` milliseconds, give or take one sampling interval; at first all of them. */
export function createWindow(remember: number, now: number) {
  let looks: readonly { readonly at: number; readonly totals: readonly number[] }[] = [{ at: now, totals: [] }]
  return {
    /** Stores the current totals. */
    look(totals: readonly number[], at: number): void {
      // The newest sample that is old enough is the start of the window.
      const begin = looks.findLastIndex((look) => at - look.at >= remember)
      looks = [...looks.slice(Math.max(0, begin)), { at, totals }]
    },
    since(totals: readonly number[]): readonly number[] {
      const oldest = looks[0]?.totals ?? []
      // Fewer than before: the series were reset, and every observation is new.
      if ((totals.at(-1) ?? 0) < (oldest.at(-1) ?? 0)) return totals
      return totals.map((total, i) => total - (oldest[i] ?? 0))
    },
  }
}

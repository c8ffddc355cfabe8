interface FittedLine {
  readonly slope: number
  readonly intercept: number
  /** The number of points near the line. */
  readonly inliers: number
}

/** Minimum number of points for a line. */
export const fewestPoints = 60

/**
 * The line with the most inliers: every pair of points is tried, and the inliers of the best one are fitted by least squares. The
 * x values are 0, 1, 2, …; the tolerance is the median absolute deviation. Undefined below two points.
 */
export function robustLine(values: readonly number[]): FittedLine | undefined {
  const near = median(values.map((value) => Math.abs(value - median(values))))
  let best: readonly number[] = []
  for (let i = 0; i < values.length; i++)
    for (let j = i + 1; j < values.length; j++) {
      const slope = ((values[j] as number) - (values[i] as number)) / (j - i)
      const intercept = (values[i] as number) - slope * i
      const inliers: number[] = []
      for (let k = 0; k < values.length; k++)
        if (Math.abs((values[k] as number) - slope * k - intercept) <= near) inliers.push(k)
      if (inliers.length > best.length) best = inliers
    }
  return best.length < 2 ? undefined : leastSquares(best, values)
}

/** Whether the last value is below the lower 95 % bound of the residuals (split conformal, one-sided). */
export function fellBelow(values: readonly number[], { slope, intercept }: FittedLine): boolean {
  const residuals = values.map((value, at) => value - slope * at - intercept)
  const last = residuals.at(-1) as number
  const others = residuals.slice(0, -1).sort((left, right) => left - right)
  const rank = Math.floor(0.05 * (others.length + 1))
  return rank >= 1 && last < (others[rank - 1] as number)
}

/** 0 if the line rises and the last value is not below its bound, 1 if one of the two is not so, 2 if both are not. */
export function decaySeverity(values: readonly number[], line: FittedLine): 0 | 1 | 2 {
  const [falls, below] = [line.slope <= 0, fellBelow(values, line)]
  return falls && below ? 2 : falls || below ? 1 : 0
}

function leastSquares(at: readonly number[], values: readonly number[]): FittedLine {
  const meanX = at.reduce((sum, x) => sum + x, 0) / at.length
  const meanY = at.reduce((sum, x) => sum + (values[x] as number), 0) / at.length
  let [covariance, variance] = [0, 0]
  for (const x of at) {
    covariance += (x - meanX) * ((values[x] as number) - meanY)
    variance += (x - meanX) ** 2
  }
  const slope = covariance / variance
  return { slope, intercept: meanY - slope * meanX, inliers: at.length }
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((left, right) => left - right)
  const middle = Math.floor(ordered.length / 2)
  const upper = ordered[middle] ?? 0
  return ordered.length % 2 === 1 ? upper : ((ordered[middle - 1] ?? 0) + upper) / 2
}

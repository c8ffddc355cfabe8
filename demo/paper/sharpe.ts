const daysPerYear = 365

/** The annualized Sharpe ratio of daily returns; undefined below two, or if they are all equal. */
export function sharpe(returns: readonly number[]): number | undefined {
  if (returns.length < 2) return undefined
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
  const variance = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (returns.length - 1)
  return variance === 0 ? undefined : (mean / Math.sqrt(variance)) * Math.sqrt(daysPerYear)
}

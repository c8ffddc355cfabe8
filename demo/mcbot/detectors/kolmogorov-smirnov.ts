/** Minimum number of samples for comparing two distributions. */
const fewestSamples = 30

/** The maximum distance between two empirical distributions. */
export function ksStatistic(a: readonly number[], b: readonly number[]): number {
  const [first, second] = [sorted(a), sorted(b)]
  let [i, j, greatest] = [0, 0, 0]
  while (i < first.length && j < second.length) {
    const at = Math.min(first[i] as number, second[j] as number)
    while (i < first.length && (first[i] as number) <= at) i++
    while (j < second.length && (second[j] as number) <= at) j++
    greatest = Math.max(greatest, Math.abs(i / first.length - j / second.length))
  }
  return greatest
}

/** The probability of at least this distance between samples of one distribution; undefined if there are too few samples. */
export function pValue(a: readonly number[], b: readonly number[]): number | undefined {
  if (Math.min(a.length, b.length) < fewestSamples) return undefined
  const size = Math.sqrt((a.length * b.length) / (a.length + b.length))
  // Stephens' correction makes the asymptotic formula accurate for a few dozen samples.
  return kolmogorov((size + 0.12 + 0.11 / size) * ksStatistic(a, b))
}

/** The upper tail of the Kolmogorov distribution. */
export function kolmogorov(x: number): number {
  // The series converges too slowly for small x, where the result is 1 to ten digits.
  if (x < 0.25) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}

const sorted = (values: readonly number[]) => [...values].sort((left, right) => left - right)

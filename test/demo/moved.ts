import type { Metric } from '../../definitions/language/metric.ts'
import { samplesOf } from './paper-run.ts'

/** The names of the metrics whose series or values differ between two expositions. */
export function movedBetween(one: string, other: string, metrics: readonly Metric[]): readonly string[] {
  const [a, b] = [samplesOf(one), samplesOf(other)]
  const histograms = new Set(metrics.flatMap(({ kind, name }) => (kind === 'histogram' ? [name] : [])))
  return [...new Set([...a.keys(), ...b.keys()])]
    .filter((series) => a.get(series) !== b.get(series))
    .map((series) => {
      const name = series.replace(/\{.*/, '')
      const base = name.replace(/_(bucket|sum|count)$/, '')
      return histograms.has(base) ? base : name
    })
}

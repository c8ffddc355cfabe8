import { type Defect, defect } from './defect.ts'
import type { Metric } from './metric.ts'
import type { Quantity } from './unit.ts'

/** A bucket bound as Prometheus 3 writes it: always with a point or an exponent. */
export const leText = (bound: number): string => {
  const text = String(bound).replace(/e([+-])(\d)$/, 'e$10$2')
  return /[.e]/.test(text) ? text : `${text}.0`
}

/** The label of the bucket up to a bound, which must be one of the metric's. */
export function bucketUpTo(
  { name, unit, buckets }: Metric,
  bound: Quantity<string> | number,
): readonly [le: string, defects: readonly Defect[]] {
  const asked =
    typeof bound === 'number'
      ? bound
      : Number(((bound.value * bound.unit.num * unit.den) / (bound.unit.den * unit.num)).toPrecision(12))
  const known = buckets?.includes(asked) ?? false
  const wrong = defect(
    'bucket-unknown',
    `${name} has no bucket bound ${asked}, so how many values are up to it is not known; its bounds are ${(buckets ?? []).join(', ')}`,
    'use one of its bounds, or add this one to its buckets',
  )
  return [leText(asked), known ? [] : [wrong]]
}

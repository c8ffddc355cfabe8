import type { Metric } from '../definitions/language/metric.ts'

/** OpenMetrics asks that the family's name ends in its unit; a counter's family has no `_total`. */
export function exposedUnit({ kind, name, unit }: Metric): string | null {
  const family = kind === 'counter' ? name.replace(/_total$/, '') : name
  return unit.suffix !== '' && family.endsWith(`_${unit.suffix}`) ? unit.suffix : null
}

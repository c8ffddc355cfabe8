import type { Sample } from './exposition.ts'
import type { ContractMetric } from './names.ts'
import { seriesCount, type Violation, violation } from './violation.ts'

/**
 * Combinations of closed values that have no series although `increase` should see their first event: for a metric with
 * closed labels only, all of them; otherwise all of them for each open value seen.
 */
export function beginningViolations(
  metric: ContractMetric,
  samples: readonly Sample[],
  line: number,
  strict: boolean,
): readonly Violation[] {
  if (metric.kind !== 'counter' && metric.kind !== 'histogram') return []
  const closed = Object.entries(metric.labels).flatMap(([name, label]) =>
    'values' in label ? [{ name, values: label.values }] : [],
  )
  if (closed.length === 0) return []
  const open = Object.keys(metric.labels).filter((name) => !closed.some((of) => of.name === name))
  const each = closed.reduce((product, { values }) => product * values.length, 1)
  const seen = new Map<string, Set<string>>()
  for (const sample of samples) {
    if (metric.kind === 'histogram' && !sample.name.endsWith('_bucket')) continue
    const known = closed.every(({ name, values }) => values.includes(sample.labels.get(name) ?? ''))
    if (!known) continue
    const key = JSON.stringify(open.map((name) => sample.labels.get(name)))
    const combinations = seen.get(key) ?? new Set<string>()
    seen.set(key, combinations.add(JSON.stringify(closed.map(({ name }) => sample.labels.get(name)))))
  }
  if (open.length === 0 && seen.size === 0) seen.set('[]', new Set())
  const missing = [...seen.values()].reduce((sum, combinations) => sum + each - combinations.size, 0)
  if (missing === 0) return []
  return [
    violation(strict, {
      code: 'not-at-zero',
      metric: metric.name,
      line: samples[0]?.line ?? line,
      given: `${seen.size * each - missing} of ${seen.size * each} combinations of closed values`,
      expected: `all of them, starting at zero: ${closed.map(({ name }) => name).join(', ')}`,
      fix: `initialise the other ${seriesCount(missing)} to zero: increase() misses the first event of a series that starts with it`,
    }),
  ]
}

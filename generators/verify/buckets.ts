import type { Sample } from './exposition.ts'
import type { ContractMetric } from './names.ts'
import { readNumber } from './read-sample.ts'
import { listOrNone, seriesCount, type Violation, violation } from './violation.ts'

/** One histogram: all samples with the same labels apart from `le`. */
interface One {
  readonly buckets: Sample[]
  count: number | null
  sum: number | null
  readonly line: number
}

/** Checks the bounds and counts of a histogram; one finding per kind of difference. */
export function bucketViolations(
  metric: ContractMetric,
  samples: readonly Sample[],
  strict: boolean,
): readonly Violation[] {
  const differences = new Map<string, { readonly difference: Difference; readonly line: number; count: number }>()
  for (const one of histograms(metric, samples))
    for (const difference of differencesOf(metric, one)) {
      const seen = differences.get(difference.given) ?? { difference, line: one.line, count: 0 }
      seen.count += 1
      differences.set(difference.given, seen)
    }
  return [...differences.values()].map(({ difference, line, count }) =>
    violation(strict, {
      code: 'buckets',
      metric: metric.name,
      line,
      ...difference,
      given: `${difference.given} (${seriesCount(count)})`,
    }),
  )
}

type Difference = Pick<Violation, 'given' | 'expected' | 'fix'>

function histograms(metric: ContractMetric, samples: readonly Sample[]): readonly One[] {
  const all = new Map<string, One>()
  for (const sample of samples) {
    const key = JSON.stringify([...sample.labels].filter(([name]) => name !== 'le').sort())
    const one = all.get(key) ?? { buckets: [], count: null, sum: null, line: sample.line }
    all.set(key, one)
    if (sample.name === `${metric.name}_bucket`) one.buckets.push(sample)
    else if (sample.name === `${metric.name}_count`) one.count = sample.value
    else if (sample.name === `${metric.name}_sum`) one.sum = sample.value
  }
  return [...all.values()]
}

function differencesOf(metric: ContractMetric, { buckets, count, sum }: One): readonly Difference[] {
  const bounds = metric.buckets ?? []
  const given = buckets.map((sample) => readNumber(sample.labels.get('le') ?? '') ?? Number.NaN)
  const expected = [...bounds, Number.POSITIVE_INFINITY]
  const wanted = bounds.join(', ')
  const missing = bounds.filter((bound) => !given.includes(bound))
  const extra = given.filter((bound) => !expected.includes(bound))
  const counts = given.map((bound, i) => [bound, buckets[i]?.value ?? Number.NaN] as const).sort(([a], [b]) => a - b)
  const last = counts.find(([bound]) => bound === Number.POSITIVE_INFINITY)?.[1]
  return [
    ...(missing.length > 0
      ? [
          {
            given: `no bound ${listOrNone(missing.map(String), 20)}`,
            expected: wanted,
            fix: 'declare it with the buckets in the contract',
          },
        ]
      : []),
    ...(extra.length > 0
      ? [
          {
            given: `bound ${listOrNone(
              extra.map((bound) => (Number.isNaN(bound) ? 'that is not a number' : `${bound}`)),
              20,
            )}`,
            expected: wanted,
            fix: 'declare it with the buckets in the contract',
          },
        ]
      : []),
    ...(last === undefined
      ? [
          {
            given: 'no +Inf bucket',
            expected: 'le="+Inf", which counts every observation',
            fix: 'expose it: quantiles need it',
          },
        ]
      : []),
    ...(counts.some(([, value], i) => i > 0 && value < (counts[i - 1]?.[1] ?? 0))
      ? [
          {
            given: 'a bucket counts less than the one below it',
            expected: 'cumulative counts, which never decrease from bound to bound',
            fix: 'make each bucket include all smaller ones',
          },
        ]
      : []),
    ...(last !== undefined && count !== null && count !== last
      ? [
          {
            given: `_count differs from the +Inf bucket`,
            expected: 'the same value',
            fix: 'take both from one snapshot: the scrape is inconsistent',
          },
        ]
      : []),
    ...(!metric.signed && count === null
      ? [{ given: 'no _count', expected: `${metric.name}_count`, fix: 'expose it' }]
      : []),
    ...(!metric.signed && sum === null ? [{ given: 'no _sum', expected: `${metric.name}_sum`, fix: 'expose it' }] : []),
  ]
}

import { firstMilliseconds, fractionOf } from '../../definitions/language/timestamp.ts'
import { timestamp } from '../../definitions/language/unit.ts'
import type { Sample } from './exposition.ts'
import type { ContractMetric } from './names.ts'
import { type Violation, violation } from './violation.ts'

/** Values that such a metric cannot have; one finding per kind. */
export function numberViolations(
  metric: ContractMetric,
  samples: readonly Sample[],
  strict: boolean,
): readonly Violation[] {
  const wrong = new Map<string, { readonly sample: Sample; readonly fix: string; count: number }>()
  for (const sample of samples) {
    const expected = expectedOf(metric, sample)
    if (expected === null) continue
    const seen = wrong.get(expected) ?? { sample, fix: fixOf(metric, sample), count: 0 }
    seen.count += 1
    wrong.set(expected, seen)
  }
  const found = [...wrong].map(([expected, { sample, fix, count }]) =>
    violation(strict, {
      code: 'number',
      metric: metric.name,
      line: sample.line,
      given: count === 1 ? `${sample.value}` : `${sample.value}, and ${count - 1} more such`,
      expected,
      fix,
    }),
  )
  return metric.kind === 'stateSet' && found.length === 0 ? stateViolations(metric, samples, strict) : found
}

/** What its value should be; null if it is correct. */
function expectedOf(metric: ContractMetric, { name, value }: Sample): string | null {
  // A sum may have any sign, as the observations do.
  if (!Number.isFinite(value)) return 'a finite number'
  switch (metric.kind) {
    case 'counter':
      return value < 0 ? '0 or more: a counter only grows' : null
    case 'gauge':
      if (isFraction(metric, value)) return `seconds since 1970, not ${fractionOf(value).counts}`
      return metric.computed === 'age' && value < 0 ? '0 or more: an age is never negative' : null
    case 'histogram':
      return !name.endsWith('_sum') && (value < 0 || !Number.isInteger(value)) ? 'a whole number of observations' : null
    case 'info':
      return value === 1 ? null : '1'
    case 'stateSet':
      return value === 0 || value === 1 ? null : '0 or 1'
  }
}

const isFraction = ({ kind, unit }: ContractMetric, value: number): boolean =>
  kind === 'gauge' && unit === timestamp.dim && Number.isFinite(value) && value >= firstMilliseconds

const fixOf = (metric: ContractMetric, { value }: Sample): string =>
  isFraction(metric, value)
    ? `divide it by ${fractionOf(value).divideBy}: alerts compare it with time(), which is in seconds`
    : 'find out where it comes from; if the value is unknown, do not expose the series'

function stateViolations(metric: ContractMetric, samples: readonly Sample[], strict: boolean): readonly Violation[] {
  const [first] = samples
  if (first === undefined) return []
  const states = metric.states ?? []
  const given = new Set(samples.map((sample) => sample.labels.get(metric.name)))
  const missing = states.filter((state) => !given.has(state))
  const on = samples.filter((sample) => sample.value === 1)
  const say = (code: 'value' | 'number', what: string, expected: string, fix: string) =>
    violation(strict, { code, metric: metric.name, line: first.line, given: what, expected, fix })
  return [
    ...(missing.length > 0
      ? [
          say(
            'value',
            `no series of ${missing.join(', ')}`,
            'one series per state',
            'expose all states, inactive ones as 0',
          ),
        ]
      : []),
    ...(on.length === 1
      ? []
      : [say('number', `${on.length} states are 1`, 'exactly one', 'set exactly one state at a time')]),
  ]
}

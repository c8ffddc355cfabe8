import type { Sample } from './exposition.ts'
import type { ContractMetric } from './names.ts'
import { jsonQuote, listOrNone, seriesCount, type Violation, violation } from './violation.ts'

/** The value of every label in the series that collects samples beyond a metric's budget. */
const overflowLabelValue = '__overflow__'

/** Checks the labels of a metric's series: names, closed values, number of open values; `le` is not one of them. */
export function labelViolations(
  metric: ContractMetric,
  samples: readonly Sample[],
  targetLabels: readonly string[],
  strict: boolean,
): readonly Violation[] {
  const say = (of: Omit<Violation, 'refused' | 'metric'>) => violation(strict, { metric: metric.name, ...of })
  const names = Object.keys(metric.labels)
  const shapes = new Map<string, { readonly sample: Sample; readonly given: readonly string[]; count: number }>()
  const fitting: Sample[] = []
  for (const sample of samples) {
    const given = namesOf(metric, sample)
    if (given.length === names.length && names.every((name) => given.includes(name))) {
      fitting.push(sample)
      continue
    }
    const key = JSON.stringify([...given].sort())
    const shape = shapes.get(key) ?? { sample, given, count: 0 }
    shape.count += 1
    shapes.set(key, shape)
  }
  const wrongNames = [...shapes.values()].map(({ sample, given, count }) =>
    say({
      code: 'labels',
      line: sample.line,
      given: `${given.length === 0 ? 'no labels' : listOrNone(given)} (${seriesCount(count)})`,
      expected: names.length === 0 ? 'no labels' : listOrNone(names),
      fix: namesFix(names, given, targetLabels),
    }),
  )
  return [
    ...wrongNames,
    ...valueViolations(
      metric,
      fitting.filter((sample) => !isOverflow(metric, sample)),
      say,
    ),
    ...overflow(metric, fitting, say),
  ]
}

type Say = (of: Omit<Violation, 'refused' | 'metric'>) => Violation

/** For Prometheus, an empty label is a missing one. */
const namesOf = (metric: ContractMetric, sample: Sample): readonly string[] =>
  [...sample.labels]
    .filter(([name, value]) => value !== '' && !(metric.kind === 'histogram' && name === 'le'))
    .map(([name]) => name)

function namesFix(names: readonly string[], given: readonly string[], targetLabels: readonly string[]): string {
  const missing = names.filter((name) => !given.includes(name))
  const extra = given.filter((name) => !names.includes(name))
  const ofTarget = extra.filter((name) => targetLabels.includes(name))
  return [
    ...(missing.length > 0 ? [`give every series ${listOrNone(missing)}`] : []),
    ...(ofTarget.length > 0 ? [`drop ${listOrNone(ofTarget)}: the scrape adds it`] : []),
    ...(extra.length > ofTarget.length
      ? [`drop ${listOrNone(extra.filter((name) => !ofTarget.includes(name)))}, or declare it`]
      : []),
  ].join('; ')
}

/** An info has one value per label at a time: only those of closed labels can be wrong. */
function valueViolations(metric: ContractMetric, samples: readonly Sample[], say: Say): readonly Violation[] {
  return Object.entries(metric.labels).flatMap(([name, label]) => {
    const values = new Map<string, Sample>()
    for (const sample of samples) {
      const value = sample.labels.get(name) as string
      if (!values.has(value)) values.set(value, sample)
    }
    if ('values' in label) {
      const wrong = [...values].filter(([value]) => !label.values.includes(value))
      const [first] = wrong
      if (first === undefined) return []
      return say({
        code: 'value',
        line: first[1].line,
        given: `${name}: ${listOrNone(wrong.map(([value]) => jsonQuote(value)))}`,
        expected: listOrNone(label.values.map(jsonQuote), 20),
        fix: `use a declared value of ${name}, or declare this one`,
      })
    }
    if (metric.kind === 'info' || values.size <= label.max) return []
    return say({
      code: 'over-budget',
      line: [...values.values()][label.max]?.line ?? null,
      given: `${name}: ${values.size} values, among them ${listOrNone([...values.keys()].slice(label.max).map(jsonQuote), 3)}`,
      expected: `at most ${label.max}`,
      fix: `find out why there are so many, remove series that are no longer needed, or raise the max of ${name}`,
    })
  })
}

const isOverflow = (metric: ContractMetric, sample: Sample): boolean => {
  const names = Object.keys(metric.labels)
  return names.length > 0 && names.every((name) => sample.labels.get(name) === overflowLabelValue)
}

function overflow(metric: ContractMetric, samples: readonly Sample[], say: Say): readonly Violation[] {
  const first = samples.find((sample) => isOverflow(metric, sample))
  if (first === undefined) return []
  const budgets = Object.entries(metric.labels).flatMap(([name, label]) =>
    'max' in label ? [`${name} ${label.max}`] : [],
  )
  return [
    say({
      code: 'over-budget',
      line: first.line,
      given: `more: there is an ${overflowLabelValue} series`,
      expected: `at most ${listOrNone(budgets)}`,
      fix: 'find out why there are so many, remove series that are no longer needed, or raise the max',
    }),
  ]
}

import { each, type StepValue } from './value.ts'

type Predicate = (value: number, a: number, b: number) => boolean
const predicates: Readonly<Record<string, Predicate>> = {
  gt: (value, a) => value > a,
  lt: (value, a) => value < a,
  eq: (value, a) => value === a,
  ne: (value, a) => value !== a,
  gte: (value, a) => value >= a,
  lte: (value, a) => value <= a,
  within_range: (value, a, b) => value > a && value < b,
  outside_range: (value, a, b) => value < a || value > b,
  within_range_included: (value, a, b) => value >= a && value <= b,
  outside_range_included: (value, a, b) => value <= a || value >= b,
}

/** One where the condition is met, zero where not; null stays null, and no data stays no data (pkg/expr/threshold.go). */
export function threshold(type: string, params: readonly number[], of: readonly StepValue[]): readonly StepValue[] {
  const predicate = predicates[type]
  const needed = type.includes('range') ? 2 : 1
  if (predicate === undefined) throw new Error(`'${type}' is no condition of a threshold`)
  if (params.length < needed) throw new Error(`${type} needs ${needed} numbers, got ${params.length}`)
  const [a = 0, b = 0] = params
  return of.map((one) => each(one, (sample) => (sample === null ? null : predicate(sample, a, b) ? 1 : 0)))
}

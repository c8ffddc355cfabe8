import { numberValue, type StepValue } from './value.ts'

export type Reducer = 'sum' | 'mean' | 'min' | 'max' | 'count' | 'last' | 'median'

/** One number for each series (pkg/expr/mathexp/reduce.go): in strict mode a sample that is not known makes it NaN. */
export const reduce = (reducer: Reducer, of: readonly StepValue[]): readonly StepValue[] =>
  of.map((one) =>
    one.kind === 'series'
      ? numberValue(
          reduced(
            reducer,
            one.points.map(([, sample]) => sample),
          ),
          one.labels,
        )
      : one,
  )

function reduced(reducer: Reducer, samples: readonly (number | null)[]): number | null {
  if (reducer === 'count') return samples.length
  if (reducer === 'last') return samples.at(-1) ?? (samples.length === 0 ? Number.NaN : null)
  const known = samples.filter((sample) => sample !== null && !Number.isNaN(sample)) as readonly number[]
  if (known.length < samples.length) return Number.NaN
  const sum = known.reduce((all, sample) => all + sample, 0)
  if (reducer === 'sum') return sum
  if (known.length === 0) return Number.NaN
  const sorted = [...known].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  switch (reducer) {
    case 'mean':
      return sum / known.length
    case 'min':
      return sorted[0] as number
    case 'max':
      return sorted.at(-1) as number
    case 'median':
      return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2
  }
}

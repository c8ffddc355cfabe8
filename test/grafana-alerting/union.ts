import { labelSetText, labelsOf, type StepLabels, type StepValue } from './value.ts'

/** A pair of values that a binary operation works on. */
interface Pair {
  readonly labels: StepLabels
  readonly a: StepValue
  readonly b: StepValue
}

const contains = (outer: StepLabels, inner: StepLabels): boolean =>
  Object.entries(inner).every(([name, value]) => outer[name] === value)

/**
 * Which values of two results belong together (pkg/expr/mathexp/exp.go, union): equal labels, or one set that contains the other,
 * whose labels the pair then has. Two single values always belong together.
 */
export function pairsOf(as: readonly StepValue[], bs: readonly StepValue[]): readonly Pair[] {
  if ([...as, ...bs].some(({ kind }) => kind === 'noData')) return []
  const pairs = as.flatMap((a) =>
    bs.flatMap((b) => {
      const [ofA, ofB] = [labelsOf(a), labelsOf(b)]
      if (labelSetText(ofA) === labelSetText(ofB) || contains(ofA, ofB)) return [{ labels: ofA, a, b }]
      return contains(ofB, ofA) ? [{ labels: ofB, a, b }] : []
    }),
  )
  const [a, b] = [as[0], bs[0]]
  return pairs.length === 0 && as.length === 1 && bs.length === 1 && a !== undefined && b !== undefined
    ? [{ labels: {}, a, b }]
    : pairs
}

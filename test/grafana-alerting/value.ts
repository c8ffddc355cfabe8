// The values between the steps of a rule, as in pkg/expr/mathexp/types.go: a number or a whole series for each label set, or no data.

export type StepLabels = Readonly<Record<string, string>>
/** A sample; null is a value that is not known. */
type Sample = number | null
export type StepValue =
  | { readonly kind: 'number'; readonly labels: StepLabels; readonly value: Sample }
  | { readonly kind: 'scalar'; readonly value: Sample }
  | {
      readonly kind: 'series'
      readonly labels: StepLabels
      readonly points: readonly (readonly [time: number, Sample])[]
    }
  | { readonly kind: 'noData' }

export const numberValue = (value: Sample, labels: StepLabels = {}): StepValue => ({ kind: 'number', labels, value })
export const scalarValue = (value: Sample): StepValue => ({ kind: 'scalar', value })
export const seriesValue = (points: readonly (readonly [number, Sample])[], labels: StepLabels = {}): StepValue => ({
  kind: 'series',
  labels,
  points,
})
export const noDataValue: StepValue = { kind: 'noData' }

/** The labels of a value; none for what has no labels. */
export const labelsOf = (of: StepValue): StepLabels => (of.kind === 'number' || of.kind === 'series' ? of.labels : {})

/** A label set as text, the same for equal sets. */
export const labelSetText = (labels: StepLabels): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))

/** The value with a function applied to each sample. */
export function each(of: StepValue, change: (sample: Sample) => Sample): StepValue {
  switch (of.kind) {
    case 'number':
      return numberValue(change(of.value), of.labels)
    case 'scalar':
      return scalarValue(change(of.value))
    case 'series':
      return seriesValue(
        of.points.map(([time, sample]) => [time, change(sample)]),
        of.labels,
      )
    case 'noData':
      return of
  }
}

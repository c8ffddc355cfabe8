import { type Defect, defect } from './defect.ts'
import type { TargetLabel } from './label.ts'
import type { Metric } from './metric.ts'

/** A dashboard variable with the values of one label; panels whose metrics have the label are filtered by it. */
export interface Variable {
  readonly kind: 'variable'
  readonly title: string
  readonly metric: Metric
  readonly label: string
  readonly defects: readonly Defect[]
}

type OwnLabels<S> = S extends { where(matchers: infer M): unknown } ? Exclude<keyof M & string, TargetLabel> : never

/** A variable over the current values of a metric's label. */
export const labelValues = <S extends { readonly metric: Metric; where(matchers: never): unknown }>(
  of: S,
  label: OwnLabels<S>,
  title: string = label,
): Variable =>
  Object.freeze({
    kind: 'variable',
    title,
    metric: of.metric,
    label,
    defects:
      label in of.metric.labels
        ? []
        : [defect('variable-label', `${of.metric.name} has no label ${label}`, 'use one of its labels')],
  })

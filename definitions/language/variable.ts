import { type Fault, fault } from './fault.ts'
import type { Target } from './label.ts'
import type { Metric } from './metric.ts'

/** A choice at the top of a dashboard: the values of one label; panels whose metrics carry it are narrowed to the choice. */
export interface Variable {
  readonly kind: 'variable'
  readonly title: string
  readonly metric: Metric
  readonly label: string
  readonly faults: readonly Fault[]
}

type OwnLabels<S> = S extends { where(matchers: infer M): unknown } ? Exclude<keyof M & string, Target> : never

/** Lets the reader choose among the values that a label of a metric has now. */
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
    faults:
      label in of.metric.labels
        ? []
        : [fault('variable-label', `${of.metric.name} has no label ${label}`, 'name one of its labels')],
  })

import { figuresInSteps, type Step } from './runbook.ts'
import { type FigureHole, figuresIn, type Text } from './text.ts'

/** The figures of all texts of an alert, those of its steps included. */
export const figuresOf = (alert: {
  readonly summary: Text
  readonly resolved: Text | null
  readonly runbook: { readonly steps: readonly Step[] }
}): readonly FigureHole[] => [
  ...[alert.summary, ...(alert.resolved === null ? [] : [alert.resolved])].flatMap(figuresIn),
  ...figuresInSteps(alert.runbook.steps),
]

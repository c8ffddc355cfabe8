import type { AnyPanel } from '../../definitions/language/panel.ts'
import { type AnyRunbook, type Note, type Step, urgentSteps } from '../../definitions/language/runbook.ts'
import type { FigureHole } from '../../definitions/language/text.ts'
import { capitalize } from './capitalize.ts'
import { figureText } from './figure.ts'
import { messageWords } from './message-words.ts'

/** Where a step is printed: how a figure is filled in, and the title of a panel's dashboard. */
interface StepPlace {
  readonly boardOf: (panel: AnyPanel) => string | null
  readonly figure?: (figure: FigureHole) => string
}

/** A step as one line of plain text, with commands between backticks. */
export function stepText(step: Step, { boardOf, figure }: StepPlace): string {
  const text = (note: Note) => noteText(note, { figure })
  switch (step.kind) {
    case 'act':
    case 'decide':
      return text(step.words)
    case 'look': {
      const board = boardOf(step.panel)
      const panel = board === null ? step.panel.title : `${step.panel.title} (${board})`
      return because(messageWords.lookAt(panel), text(step.for))
    }
    case 'check':
      return because(messageWords.check(text(step.what)), text(step.for))
    case 'run':
      return because(messageWords.run(`\`${step.command}\``), text(step.for))
  }
}

/** What a runbook asks for first, as one line: an act, or else a look. */
export function firstStepText({ steps }: AnyRunbook, place: StepPlace): string {
  const [first = steps[0]] = urgentSteps(steps, 1)
  return capitalize(stepText(first, place))
}

/** A sentence with the names of its metrics, each between `ticks`, and its figures, as placeholders unless they are filled in. */
export const noteText = (
  { parts }: Note,
  { ticks = '', figure }: { readonly ticks?: string; readonly figure?: StepPlace['figure'] } = {},
): string =>
  parts
    .map((part) => {
      if (typeof part === 'string') return part
      if ('metric' in part) return `${ticks}${part.metric.name}${ticks}`
      return figure === undefined ? placeholder(figureText(part)) : figure(part)
    })
    .join('')

/** A placeholder in a document for what is known only when the alert fires. */
export const placeholder = (name: string): string => `‹${name}›`

const because = (step: string, why: string) => (why === '' ? step : messageWords.because(step, why))

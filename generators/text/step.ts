import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { Note, Step } from '../../definitions/language/runbook.ts'
import { messageWords } from './message-words.ts'

/** A step as one line of plain text, with commands between backticks. `boardOf` gives the title of a panel's dashboard. */
export function stepText(step: Step, boardOf: (panel: AnyPanel) => string | null): string {
  switch (step.kind) {
    case 'act':
    case 'decide':
      return noteText(step.words)
    case 'look': {
      const board = boardOf(step.panel)
      return because(
        messageWords.lookAt(board === null ? step.panel.title : `${step.panel.title} (${board})`),
        step.for,
      )
    }
    case 'check':
      return because(messageWords.check(step.what), step.for)
    case 'run':
      return because(messageWords.run(`\`${step.command}\``), step.for)
  }
}

/** A sentence with the names of its metrics, each between backticks if `ticks`. */
export const noteText = ({ parts }: Note, ticks = ''): string =>
  parts.map((part) => (typeof part === 'string' ? part : `${ticks}${part.metric.name}${ticks}`)).join('')

const because = (step: string, why: string) => (why === '' ? step : messageWords.because(step, why))

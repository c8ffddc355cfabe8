import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { Step } from '../../definitions/language/runbook.ts'
import { messageWords } from './message-words.ts'

/** A step as one line of plain text, with commands between backticks. `boardOf` gives the title of a panel's dashboard. */
export function stepText(step: Step, boardOf: (panel: AnyPanel) => string | null): string {
  if (typeof step === 'string') return step
  switch (step.kind) {
    case 'note':
      return step.parts.map((part) => (typeof part === 'string' ? part : part.metric.name)).join('')
    case 'look': {
      const board = boardOf(step.panel)
      return because(
        messageWords.lookAt(board === null ? step.panel.title : `${step.panel.title} (${board})`),
        step.for,
      )
    }
    case 'run':
      return because(messageWords.run(`\`${step.command}\``), step.for)
  }
}

const because = (step: string, why: string) => (why === '' ? step : messageWords.because(step, why))

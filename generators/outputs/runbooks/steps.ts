import type { AnyPanel } from '../../../definitions/language/panel.ts'
import type { Step } from '../../../definitions/language/runbook.ts'
import { panelPath, panelTitle, type ShownPanel } from '../../model/panel-index.ts'
import { code, codeBlock, numberedList, prose } from '../../text/markdown.ts'
import { messageWords as common } from '../../text/message-words.ts'
import type { Facts } from './facts.ts'
import { runbookWords } from './runbook-words.ts'

interface Steps {
  /** A numbered list. */
  readonly text: string
  /** Whether any of them names the path of a panel. */
  readonly hasPaths: boolean
  /** Whether any of them runs a command of Docker Compose, or of make. */
  readonly hasCompose: boolean
  readonly hasMake: boolean
}

/** The steps of a runbook, and which of their parts need an explanation. */
export function runbookSteps({ places }: Facts, steps: readonly Step[]): Steps {
  const runs = (command: RegExp) =>
    steps.some((step) => typeof step === 'object' && step.kind === 'run' && command.test(step.command))
  return {
    text: numberedList(steps.map((step) => stepOf(step, places))),
    hasPaths: steps.some((step) => typeof step === 'object' && step.kind === 'look' && places.has(step.panel)),
    hasCompose: runs(/\bdocker compose\b/),
    hasMake: runs(/^make\b/),
  }
}

function stepOf(step: Step, places: ReadonlyMap<AnyPanel, ShownPanel>): string {
  if (typeof step === 'string') return prose(step)
  switch (step.kind) {
    case 'note':
      return prose(step.parts.map((part) => (typeof part === 'string' ? part : `\`${part.metric.name}\``)).join(''))
    case 'look': {
      const shown = places.get(step.panel)
      // A panel that is on no dashboard of the bot is a finding; until that is fixed, the step keeps the panel's title.
      const at = shown === undefined ? `**${prose(step.panel.title)}**` : lookAt(shown)
      return because(at, step.for)
    }
    case 'run':
      return `${because(runbookWords.run, step.for)}\n\n${codeBlock(step.command)}`
  }
}

const lookAt = (shown: ShownPanel) => runbookWords.lookAt(prose(panelTitle(shown)), code(panelPath(shown)))
const because = (step: string, why: string) => (why === '' ? step : common.because(step, prose(why)))

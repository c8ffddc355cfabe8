import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { Step } from '../../definitions/language/runbook.ts'
import { code, codeBlock, numbered, prose } from '../markdown.ts'
import { panelPath, panelTitle, type ShownPanel } from '../panel-places.ts'
import { words as common } from '../words.ts'
import type { Facts } from './facts.ts'
import { words } from './words.ts'

/** The steps of a runbook as a numbered list, and whether one of them names the path of a panel. */
export function stepsOf(
  { places }: Facts,
  steps: readonly Step[],
): { readonly text: string; readonly hasPaths: boolean } {
  return {
    text: numbered(steps.map((step) => stepOf(step, places))),
    hasPaths: steps.some((step) => typeof step === 'object' && step.kind === 'look' && places.has(step.panel)),
  }
}

function stepOf(step: Step, places: ReadonlyMap<AnyPanel, ShownPanel>): string {
  if (typeof step === 'string') return prose(step)
  switch (step.kind) {
    case 'note':
      return prose(step.parts.map((part) => (typeof part === 'string' ? part : `\`${part.metric.name}\``)).join(''))
    case 'look': {
      const shown = places.get(step.panel)
      // A panel that no dashboard of the bot has is a finding; until it is mended the step keeps its words.
      const at = shown === undefined ? `**${prose(step.panel.title)}**` : lookAt(shown)
      return because(at, step.for)
    }
    case 'run':
      return `${because(words.run, step.for)}\n\n${codeBlock(step.command)}`
  }
}

const lookAt = (shown: ShownPanel) => words.lookAt(prose(panelTitle(shown)), code(panelPath(shown)))
const because = (step: string, why: string) => (why === '' ? step : common.because(step, prose(why)))

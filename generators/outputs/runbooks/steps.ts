import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { type Note, type Step, stepGroups, stepsIn } from '../../../definitions/language/runbook.ts'
import { panelPath, panelTitle, type ShownPanel } from '../../model/panel-index.ts'
import { code, codeBlock, heading, numberedList, prose } from '../../text/markdown.ts'
import { messageWords as common } from '../../text/message-words.ts'
import { noteText } from '../../text/step.ts'
import type { Facts } from './facts.ts'
import { runbookWords } from './runbook-words.ts'

interface Steps {
  /** A heading and a numbered list for each group that has steps. */
  readonly parts: readonly string[]
  /** Whether any of them names the path of a panel. */
  readonly hasPaths: boolean
  /** Whether any of them runs a command of Docker Compose, or of make. */
  readonly hasCompose: boolean
  readonly hasMake: boolean
}

/** The steps of a runbook, and which of their parts need an explanation. */
export function runbookSteps({ places }: Facts, steps: readonly Step[]): Steps {
  const commands = steps.flatMap((step) => {
    if (step.kind === 'run') return [step.command]
    return step.kind === 'check'
      ? [...noteText(step.what).matchAll(/`([^`]+)`/g)].map(([, command = '']) => command)
      : []
  })
  const runs = (command: RegExp) => commands.some((one) => command.test(one))
  return {
    parts: stepGroups.flatMap((group) => {
      const own = stepsIn(group, steps)
      if (own.length === 0) return []
      return [heading(2, runbookWords.groups[group]), numberedList(own.map((step) => stepOf(step, places)))]
    }),
    hasPaths: steps.some((step) => step.kind === 'look' && places.has(step.panel)),
    hasCompose: runs(/\bdocker compose\b/),
    hasMake: runs(/^make\b/),
  }
}

function stepOf(step: Step, places: ReadonlyMap<AnyPanel, ShownPanel>): string {
  switch (step.kind) {
    case 'act':
    case 'decide':
      return said(step.words)
    case 'look': {
      const shown = places.get(step.panel)
      // A panel that is on no dashboard of the bot is a finding; until that is fixed, the step keeps the panel's title.
      const at = shown === undefined ? `**${prose(step.panel.title)}**` : lookAt(shown)
      return because(at, step.for)
    }
    case 'check':
      return because(common.check(said(step.what)), step.for)
    case 'run':
      return `${because(runbookWords.run, step.for)}\n\n${codeBlock(step.command)}`
  }
}

const lookAt = (shown: ShownPanel) => runbookWords.lookAt(prose(panelTitle(shown)), code(panelPath(shown)))
const said = (note: Note) => prose(noteText(note, { ticks: '`' }))
const because = (step: string, why: Note) => (why.parts.length === 0 ? step : common.because(step, said(why)))

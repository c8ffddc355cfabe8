import { type Defect, defect } from './defect.ts'
import type { Deviation } from './deviation.ts'
import type { Metric } from './metric.ts'
import type { Mistake } from './mistake.ts'
import type { AnyPanel } from './panel.ts'
import type { Figure, FigureHole } from './text.ts'

/** A sentence that refers to metrics by value, so that renames carry over, and that may say figures. */
export interface Note {
  readonly kind: 'note'
  readonly parts: readonly (string | { readonly metric: Metric } | FigureHole)[]
}
export interface Act {
  readonly kind: 'act'
  readonly words: Note
}
export interface Run {
  readonly kind: 'run'
  readonly command: string
  readonly for: Note
}
export interface Look {
  readonly kind: 'look'
  readonly panel: AnyPanel
  readonly for: Note
}
interface Check {
  readonly kind: 'check'
  readonly what: Note
  readonly for: Note
}
export interface Decide {
  readonly kind: 'decide'
  readonly words: Note
}

/** A step for a person: something to do now, something to look at, or something to decide. */
export type Step = Act | Run | Look | Check | Decide

/** What a step asks for, in the order in which a runbook lists its steps. */
export const stepGroups = ['act', 'look', 'decide'] as const
export type StepGroup = (typeof stepGroups)[number]

const groupOf: Readonly<Record<Step['kind'], StepGroup>> = {
  act: 'act',
  run: 'act',
  look: 'look',
  check: 'look',
  decide: 'decide',
}

/** The steps that ask for the same. */
export const stepsIn = (group: StepGroup, steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ kind }) => groupOf[kind] === group)

/** What somebody who is woken needs: the acts and the first look, or the first decision if there is neither. */
export function urgentSteps(steps: readonly Step[], mostActs: number): readonly Step[] {
  const urgent = [...stepsIn('act', steps).slice(0, mostActs), ...stepsIn('look', steps).slice(0, 1)]
  return urgent.length > 0 ? urgent : steps.slice(0, 1)
}

/** The sentence that the compiler shows; a name for the union of both would hide it. */
type Untyped =
  Mistake<'a step is act(…) or run(…) to do now, look(panel) or check(…) to look at, or decide(…); note`…` goes inside one of them'>

interface About {
  /** Why it fires. */
  readonly cause: string
  /** The wording of the document in its own language, to find the source. */
  readonly said?: string
  readonly deviates?: Deviation
}

/** What an alert means and what to do, written for someone woken at 3 a.m. */
export interface Runbook extends About {
  readonly steps: readonly [Step | Untyped, ...(Step | Untyped)[]]
}

/** A runbook as the generators read it: each step is typed. */
export interface AnyRunbook extends About {
  readonly steps: readonly [Step, ...Step[]]
}

/** A step to do now, without thinking; the message has it: act('Close the position.') or act(note`…`). */
export const act = (words: string | Note): Act => Object.freeze({ kind: 'act', words: noteOf(words) })
/** A step that runs a command now; the message has it. */
export const run = (command: string, why: string | Note = ''): Run =>
  Object.freeze({ kind: 'run', command, for: noteOf(why) })
/** A step that looks at a panel, which then draws the alert's threshold and links back. */
export const look = (panel: AnyPanel, why: string | Note = ''): Look =>
  Object.freeze({ kind: 'look', panel, for: noteOf(why) })
/** A step that looks at something outside the dashboards: check('the status page of the exchange', 'is it maintenance?'). */
export const check = (what: string | Note, why: string | Note = ''): Check =>
  Object.freeze({ kind: 'check', what: noteOf(what), for: noteOf(why) })
/** A step that weighs what was seen, once the acts are done: decide('If it is a market move, wait.'). */
export const decide = (words: string | Note): Decide => Object.freeze({ kind: 'decide', words: noteOf(words) })

/** A sentence with metrics by value or with figures, inside a step: act(note`is ${metrics.up} 0?`), act(note`Close all ${figure(…)} positions.`). */
export function note(
  parts: TemplateStringsArray,
  ...holes: readonly (string | { readonly metric: Metric } | Figure)[]
): Note {
  const written = parts.flatMap((part, i) => {
    const hole = holes[i]
    if (hole === undefined) return [part]
    if (typeof hole === 'string') return [part, hole]
    return [part, 'hole' in hole ? hole.hole : { metric: hole.metric }]
  })
  return Object.freeze({ kind: 'note', parts: Object.freeze(written.filter((part) => part !== '')) })
}

const noteOf = (words: string | Note): Note =>
  typeof words === 'string' ? Object.freeze({ kind: 'note', parts: Object.freeze(words === '' ? [] : [words]) }) : words

/** The sentences of a step. */
export function notesOf(step: Step): readonly Note[] {
  switch (step.kind) {
    case 'act':
    case 'decide':
      return [step.words]
    case 'look':
    case 'run':
      return [step.for]
    case 'check':
      return [step.what, step.for]
  }
}

/** The figures that the steps of a runbook say. */
export const figuresInSteps = (steps: readonly Step[]): readonly FigureHole[] =>
  steps
    .flatMap(notesOf)
    .flatMap(({ parts }) => parts)
    .filter((part) => typeof part !== 'string' && 'from' in part)

/** A runbook with typed steps; one that was not checked by the compiler may have others, which are defects. */
export function readRunbook(given: Runbook): { readonly runbook: AnyRunbook; readonly defects: readonly Defect[] } {
  const isStep = (step: unknown): step is Step =>
    typeof step === 'object' && step !== null && 'kind' in step && String(step.kind) in groupOf
  const [first, ...more] = given.steps.map((step) => (isStep(step) ? step : decide(step)))
  return {
    runbook: Object.freeze({ ...given, steps: Object.freeze([first ?? decide(''), ...more] as const) }),
    defects: given.steps.flatMap((step, i) =>
      isStep(step)
        ? []
        : [
            defect(
              'runbook-step',
              `step ${i + 1} of its runbook does not say whether to act, to look or to decide`,
              'write it as act(…), run(…), look(panel), check(…) or decide(…)',
            ),
          ],
    ),
  }
}

import type { Deviation } from './deviation.ts'
import type { Metric } from './metric.ts'
import type { AnyPanel } from './panel.ts'

/** A sentence that refers to metrics by value, so that renames carry over. */
export interface Note {
  readonly kind: 'note'
  readonly parts: readonly (string | { readonly metric: Metric })[]
}
export interface Look {
  readonly kind: 'look'
  readonly panel: AnyPanel
  readonly for: string
}
export interface Run {
  readonly kind: 'run'
  readonly command: string
  readonly for: string
}

/** A step for a person: a sentence, a look at a panel, or a command. */
export type Step = string | Note | Look | Run

/** What an alert means and what to do, written for someone woken at 3 a.m. */
export interface Runbook {
  /** Why it fires. */
  readonly cause: string
  readonly steps: readonly [Step, ...Step[]]
  /** The wording of the document in its own language, to find the source. */
  readonly said?: string
  readonly deviates?: Deviation
}

/** A step that looks at a panel, which then draws the alert's threshold and links back. */
export const look = (panel: AnyPanel, why = ''): Look => Object.freeze({ kind: 'look', panel, for: why })
/** A step that runs a command. */
export const run = (command: string, why = ''): Run => Object.freeze({ kind: 'run', command, for: why })
/** A step with metrics by value: note`is ${metrics.up} 0?`. */
export function note(parts: TemplateStringsArray, ...holes: readonly (string | { readonly metric: Metric })[]): Note {
  const written = parts.flatMap((part, i) => {
    const hole = holes[i]
    return hole === undefined ? [part] : [part, typeof hole === 'string' ? hole : { metric: hole.metric }]
  })
  return Object.freeze({ kind: 'note', parts: Object.freeze(written.filter((part) => part !== '')) })
}

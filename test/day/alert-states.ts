import { type FiringTime, keyOf, type LabelSet } from './firing.ts'

/** How long the condition of an alert must be true before it fires, and how long it fires after that; in seconds. */
interface Holds {
  readonly for: number
  readonly keepFiringFor: number
}

/** The alerts of one rule from evaluation to evaluation. */
export interface AlertStates {
  /** Evaluates the rule, in order of time, with the labels for which its condition is true then; returns what fires. */
  readonly evaluate: (at: number, isTrue: readonly LabelSet[]) => readonly FiringTime[]
  readonly firings: () => readonly FiringTime[]
}

interface State {
  readonly labels: LabelSet
  readonly since: number
  from: number | null
  /** When the condition was no longer true, while the alert fires on. */
  keptSince: number | null
}

/** Becomes pending, fires, fires on and ends as an alert of Prometheus does. */
export function createAlertStates(holds: Holds): AlertStates {
  const open = new Map<string, State>()
  const past: FiringTime[] = []
  const timeOf = ({ labels, since, from }: State, to: number | null): readonly FiringTime[] =>
    from === null ? [] : [{ labels, since, from, to }]
  return Object.freeze({
    evaluate: (at: number, isTrue: readonly LabelSet[]) => {
      const now = new Map(isTrue.map((labels) => [keyOf(labels), labels]))
      for (const [key, state] of open) {
        if (now.has(key)) continue
        const isFiring = state.from !== null
        state.keptSince ??= at
        if (isFiring && at - state.keptSince < holds.keepFiringFor) continue
        open.delete(key)
        past.push(...timeOf(state, at))
      }
      for (const [key, labels] of now) {
        const state = open.get(key) ?? { labels, since: at, from: null, keptSince: null }
        open.set(key, state)
        state.keptSince = null
        if (at - state.since >= holds.for) state.from ??= at
      }
      return [...open.values()].flatMap((state) => timeOf(state, null))
    },
    firings: () => [...past, ...[...open.values()].flatMap((state) => timeOf(state, null))],
  })
}

import { type DataFrame, FieldType } from '@grafana/data'
import type { Shortcoming } from '../support/support.ts'

/** Whether a panel shows something; `words` is the text for people, null if it does not say what no data means. */
export type PanelState =
  | { readonly is: 'loading' | 'ok' }
  | { readonly is: 'empty'; readonly words: string | null; readonly declared: boolean }
  | { readonly is: 'error'; readonly words: string }
  /** `draws` if what is drawn is true, but not all that Grafana shows. */
  | { readonly is: 'unsupported'; readonly words: string; readonly draws: boolean }

/** How a panel treats a result without numbers. */
export interface WithoutNumbers {
  /** The panel's own text for an empty result. */
  readonly emptyMeans: string | undefined
  /** Whether it shows NaN as a text of its own. */
  readonly namesNaN: boolean
}

const notANumber =
  'The query yields only NaN, which is not a number: it divides 0 by 0, or asks for a quantile of no observations.'

/** The state of a panel from the results of its queries. */
export function stateOf(
  frames: readonly DataFrame[],
  errors: readonly { readonly refId?: string; readonly message?: string }[],
  { emptyMeans, namesNaN }: WithoutNumbers,
): PanelState {
  if (errors.length > 0)
    return { is: 'error', words: errors.map(({ message }) => message ?? 'The query failed.').join('\n') }
  if (hasValues(frames)) return { is: 'ok' }
  if (frames.some((frame) => hasSome(frame, Number.isNaN)))
    return namesNaN ? { is: 'ok' } : { is: 'empty', words: notANumber, declared: false }
  return emptyMeans === undefined
    ? { is: 'empty', words: null, declared: false }
    : { is: 'empty', words: emptyMeans, declared: true }
}

/** The state of a panel if Prometheus warns of its answer: it may be empty because a part of it is missing. */
export function withWarnings(state: PanelState, warnings: readonly string[]): PanelState {
  if (state.is !== 'empty' || warnings.length === 0) return state
  const own = state.declared || state.words === null ? [] : [state.words]
  return { is: 'empty', words: [...own, ...warnings].join('\n'), declared: false }
}

/** The state of a panel that would be blank although it has values, if it says why. */
export const withBlank = (state: PanelState, why: string | null): PanelState =>
  why !== null && (state.is === 'ok' || (state.is === 'empty' && state.words === null))
    ? { is: 'empty', words: why, declared: false }
    : state

/** The state of a panel that is not drawn as in Grafana, if it says so and its queries did not fail. */
export function withShortcoming(state: PanelState, shortcoming: Shortcoming | null): PanelState {
  if (shortcoming === null) return state
  const { words, draws } = shortcoming
  if (!draws) return { is: 'unsupported', words, draws }
  if (state.is === 'ok') return { is: 'unsupported', words, draws }
  return state.is === 'empty' ? { is: 'unsupported', words: `${state.words}\n${words}`, draws: false } : state
}

/** Whether any of the frames has a value to draw. */
export const hasValues = (frames: readonly DataFrame[]): boolean =>
  frames.some((frame) => hasSome(frame, (value) => value !== null && value !== undefined && !Number.isNaN(value)))

/** Whether a field holds such a value; labels as columns of a table count only if there are no numbers. */
function hasSome({ fields, length }: DataFrame, wanted: (value: unknown) => boolean): boolean {
  const values = fields.filter(({ type }) => type !== FieldType.time)
  const numbers = values.filter(({ type }) => type === FieldType.number)
  return length > 0 && (numbers.length > 0 ? numbers : values).some((field) => field.values.some(wanted))
}

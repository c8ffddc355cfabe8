import { type DataFrame, FieldType } from '@grafana/data'

/** Whether a panel shows something; `words` is the text for people. */
export type PanelState =
  | { readonly is: 'loading' | 'ok' }
  | { readonly is: 'empty'; readonly words: string; readonly declared: boolean }
  | { readonly is: 'error' | 'unsupported'; readonly words: string }

/** The state of a panel from the results of its queries; `emptyMeans` is the panel's own text for an empty result. */
export function stateOf(
  frames: readonly DataFrame[],
  errors: readonly { readonly refId?: string; readonly message?: string }[],
  emptyMeans: string | undefined,
): PanelState {
  if (errors.length > 0)
    return { is: 'error', words: errors.map(({ message }) => message ?? 'The query failed.').join('\n') }
  if (hasValues(frames)) return { is: 'ok' }
  return emptyMeans === undefined
    ? { is: 'empty', words: 'No data, and the panel does not say what no data means.', declared: false }
    : { is: 'empty', words: emptyMeans, declared: true }
}

/** Whether any of the frames has a value to draw. */
export const hasValues = (frames: readonly DataFrame[]): boolean => frames.some(hasValue)

const hasValue = ({ fields, length }: DataFrame): boolean =>
  length > 0 &&
  fields.some(
    ({ type, values }) => type !== FieldType.time && values.some((value) => value !== null && value !== undefined),
  )

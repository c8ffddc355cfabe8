/** What can differ between a contract and what a process exposes. */
type Code =
  | 'missing'
  | 'name'
  | 'undeclared'
  | 'type'
  | 'help'
  | 'unit'
  | 'labels'
  | 'value'
  | 'buckets'
  | 'number'
  | 'over-budget'
  | 'duplicate'
  | 'form'
  | 'hash'
  | 'time'
  | 'from-client'
  | 'not-at-zero'

/** One difference: where, what was given, what is expected, what to do. */
export interface Finding {
  readonly code: Code
  /** Whether the process breaks the contract by it. */
  readonly refused: boolean
  /** A metric of the contract, or the family that the process exposes. */
  readonly metric: string
  /** In the exposition; null where nothing stands there. */
  readonly line: number | null
  readonly given: string
  readonly expected: string
  readonly fix: string
}

/** What is named and not refused, unless everything is to be exact. */
const tolerated: ReadonlySet<Code> = new Set<Code>(['from-client', 'not-at-zero', 'time'])

/** A finding that is refused or only named, as its code is. */
export const finding = (strict: boolean, of: Omit<Finding, 'refused'>): Finding =>
  Object.freeze({ ...of, refused: strict || !tolerated.has(of.code) })

/** Texts in a row, shortened where there are many. */
export const listed = (texts: readonly string[], most = 8): string =>
  texts.length === 0
    ? 'none'
    : texts.length > most
      ? `${texts.slice(0, most).join(', ')} … (${texts.length} in all)`
      : texts.join(', ')

/** A text of the exposition's, quoted on one line: nothing in it reaches a terminal as it is. */
export const quoted = (text: string): string => {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `1 series`, `3 series`. */
export const series = (count: number): string => `${count} series`

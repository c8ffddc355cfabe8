/** What can differ between a contract and what a process exposes. */
type ViolationCode =
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

/** One difference: where it is, what was given, what was expected, and what to do. */
export interface Violation {
  readonly code: ViolationCode
  /** Whether it breaks the contract. */
  readonly refused: boolean
  /** A metric of the contract, or the family that the process exposes. */
  readonly metric: string
  /** In the exposition; null if it has no line there. */
  readonly line: number | null
  readonly given: string
  readonly expected: string
  readonly fix: string
}

/** Codes that are only noted, not refused, unless strict. */
const tolerated: ReadonlySet<ViolationCode> = new Set<ViolationCode>(['from-client', 'not-at-zero', 'time'])

/** A finding, refused or only noted depending on its code. */
export const violation = (strict: boolean, of: Omit<Violation, 'refused'>): Violation =>
  Object.freeze({ ...of, refused: strict || !tolerated.has(of.code) })

/** A comma-separated list, shortened if it is long. */
export const listOrNone = (texts: readonly string[], most = 8): string =>
  texts.length === 0
    ? 'none'
    : texts.length > most
      ? `${texts.slice(0, most).join(', ')} … (${texts.length} in all)`
      : texts.join(', ')

/** A text from the exposition, quoted on one line: none of it reaches a terminal unescaped. */
export const jsonQuote = (text: string): string => {
  const cut = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return JSON.stringify(cut).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** `1 series`, `3 series`. */
export const seriesCount = (count: number): string => `${count} series`

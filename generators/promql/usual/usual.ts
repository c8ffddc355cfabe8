/** The innermost bracket that is open at a place; empty where there is none. */
export type Inside = '' | '(' | '[' | '{'

/** A mistake that many people make, recognised by what stands where a text cannot be read. */
export interface Usual {
  /** Global; it is meant where what it finds covers the place at which the reader stopped. */
  readonly find: RegExp
  /** Between which brackets it is a mistake; null between any. */
  readonly inside: readonly Inside[] | null
  readonly say: (found: RegExpExecArray) => readonly [message: string, fix: string]
}

/** Between no brackets, or parentheses. */
export const outside: readonly Inside[] = ['', '(']

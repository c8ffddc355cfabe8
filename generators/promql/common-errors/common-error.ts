/** The innermost bracket that is open at a place; empty if there is none. */
export type OpenBracket = '' | '(' | '[' | '{'

/** A common error, recognised by the text where parsing fails. */
export interface CommonError {
  /** A global expression; the error applies if a match covers the place where parsing failed. */
  readonly find: RegExp
  /** The brackets inside which it is an error; null for any. */
  readonly inside: readonly OpenBracket[] | null
  readonly say: (found: RegExpExecArray) => readonly [message: string, fix: string]
}

/** Inside no brackets, or inside parentheses. */
export const outside: readonly OpenBracket[] = ['', '(']

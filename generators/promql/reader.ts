import type { Node } from '../../definitions/language/node.ts'
import type { Span, TextMistake } from './tokens.ts'

/** A part of a query that Prometheus accepts only with a feature flag. */
export interface Flagged extends Span {
  readonly what: string
  readonly flag: string
}

/** A text that is being parsed, and what was found so far. */
export interface Reader {
  readonly text: string
  readonly spans: Map<Node, Span>
  readonly mistakes: TextMistake[]
  readonly flags: Flagged[]
}

// Functions next to the data rather than closures over it, since a reader is made for every expression.

export const words = (r: Reader, at: Span): string => r.text.slice(at.from, at.to)

export function fail(r: Reader, { from, to }: Span, message: string, fix = ''): void {
  r.mistakes.push({ message, fix, from, to })
}

export function flag(r: Reader, { from, to }: Span, what: string, name: string): void {
  r.flags.push({ what, flag: name, from, to })
}

/** Freezes a node and records its place in the text. */
export function put<N extends Node>(r: Reader, node: N, { from, to }: Span): N {
  r.spans.set(node, { from, to })
  return Object.freeze(node)
}

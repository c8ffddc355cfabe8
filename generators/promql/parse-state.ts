import type { Node } from '../../definitions/language/node.ts'
import type { ParseError, Span } from './tokens.ts'

/** A part of a query that Prometheus accepts only with a feature flag. */
export interface FlaggedPart extends Span {
  readonly what: string
  readonly flag: string
}

/** A text that is being parsed, and what was found so far. */
export interface ParseState {
  readonly text: string
  readonly spans: Map<Node, Span>
  readonly errors: ParseError[]
  readonly flags: FlaggedPart[]
}

// Functions next to the data rather than closures over it, since a reader is made for every expression.

export const sourceText = (r: ParseState, at: Span): string => r.text.slice(at.from, at.to)

export function fail(r: ParseState, { from, to }: Span, message: string, fix = ''): void {
  r.errors.push({ message, fix, from, to })
}

export function addFlag(r: ParseState, { from, to }: Span, what: string, name: string): void {
  r.flags.push({ what, flag: name, from, to })
}

/** Freezes a node and records its place in the text. */
export function withSpan<N extends Node>(r: ParseState, node: N, { from, to }: Span): N {
  r.spans.set(node, { from, to })
  return Object.freeze(node)
}

import { parser } from '@prometheus-io/lezer-promql'
import type { Node } from '../../definitions/language/node.ts'
import { nearest } from '../text/nearest.ts'
import { explainError } from './common-errors/explain-error.ts'
import { meantBy } from './common-errors/words.ts'
import { aggregations, functions } from './functions.ts'
import type { FlaggedPart, ParseState } from './parse-state.ts'
import { readSyntax } from './read-syntax.ts'
import { syntaxOf } from './syntax.ts'
import { type ParseError, type Span, scan } from './tokens.ts'
import { valueTypeErrors } from './value-types.ts'

/** The tree of a text with the place of each node, or what is wrong with it. */
export type ParseResult =
  | {
      readonly ok: true
      readonly node: Node
      readonly spans: ReadonlyMap<Node, Span>
      readonly flags: readonly FlaggedPart[]
    }
  | { readonly ok: false; readonly errors: readonly ParseError[] }

/**
 * Parses PromQL as Prometheus 3 does. Syntax that needs a feature flag is parsed and listed in `flags`; given the list of enabled
 * flags, syntax that needs any other is an error.
 */
export function parse(text: string, allowed: readonly string[] | null = null): ParseResult {
  const scanned = scan(text)
  if (!scanned.ok) return refused([explainError(text, scanned.error)])
  if (scanned.source.trim() === '')
    return refused([{ message: 'the expression is empty', fix: 'write one', from: 0, to: text.length }])
  const root = syntaxOf(scanned.source)?.children[0]
  if (root === undefined) return refused([explainError(text, unexpected(text, scanned.source))])

  const reader: ParseState = { text, spans: new Map(), errors: [], flags: [] }
  const { spans, errors, flags } = reader
  const node = readSyntax(reader, root)
  const spanOf = (of: Node): Span => spans.get(of) ?? { from: 0, to: text.length }
  for (const { at, message, fix } of valueTypeErrors(node, (at, flag, what) =>
    flags.push({ what, flag, ...spanOf(at) }),
  ))
    errors.push({ message, fix, ...spanOf(at) })
  if (allowed !== null)
    for (const { what, flag, from, to } of flags)
      if (!allowed.includes(flag))
        errors.push({
          message: `${what} needs the feature flag ${flag}`,
          fix: 'enable it, or rewrite the expression without it',
          from,
          to,
        })
  return errors.length > 0 ? refused(errors) : { ok: true, node, spans, flags }
}

const refused = (errors: readonly ParseError[]): ParseResult => ({
  ok: false,
  errors: errors
    .filter((one, i) => !errors.slice(0, i).some((other) => isSame(one, other)))
    .sort((a, b) => a.from - b.from || a.to - b.to),
})

const isSame = (a: ParseError, b: ParseError) => a.from === b.from && a.to === b.to && a.message === b.message

/** The first place where the grammar has to guess. */
function unexpected(text: string, source: string): ParseError {
  let found: Span = { from: text.length, to: text.length }
  parser.parse(source).iterate({
    enter({ type, from, to }) {
      if (type.isError && from < found.from) found = { from, to }
    },
  })
  const { from } = found
  const word = found.to > from ? text.slice(from, found.to) : (/^\s*(\w+|\S)/.exec(text.slice(from))?.[1] ?? '')
  const called = word[0] === '(' ? (/([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, from)) ?? null) : null
  if (called !== null) {
    const name = called[1] as string
    return {
      message: `unknown function ${name}`,
      fix: meantBy(name) || nearest(name, known),
      from: called.index,
      to: called.index + name.length,
    }
  }
  const start = word === '' ? from : text.indexOf(word, from)
  const message = word === '' ? endsAfter(text) : `unexpected ${JSON.stringify(word)}`
  return { message, fix: '', from: Math.min(start, Math.max(0, text.length - 1)), to: Math.max(start + word.length, 1) }
}

function endsAfter(text: string): string {
  const last = /(\b(?:and|or|unless|atan2|bool|by|without|on|ignoring|offset)|[-+*/%^=!<>~@]+)\s*$/i.exec(text)?.[1]
  return last === undefined ? 'unexpected end of expression' : `unexpected end of expression after ${last}`
}

const known = [...functions.keys(), ...aggregations.keys()]

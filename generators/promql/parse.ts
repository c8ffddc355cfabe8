import { parser } from '@prometheus-io/lezer-promql'
import type { Node } from '../../definitions/language/node.ts'
import { aggregations, functions } from './functions.ts'
import { nearest } from './nearest.ts'
import { read } from './read.ts'
import type { Flagged, Reader } from './reader.ts'
import { syntaxOf } from './syntax.ts'
import { type Span, scan, type TextMistake } from './tokens.ts'
import { typeMistakes } from './value-types.ts'

export type { Flagged, Span, TextMistake }

/** What a text says, or what is wrong with it; where each node stands in the text. */
export type Parsed =
  | {
      readonly ok: true
      readonly node: Node
      readonly spans: ReadonlyMap<Node, Span>
      readonly flags: readonly Flagged[]
    }
  | { readonly ok: false; readonly mistakes: readonly TextMistake[] }

/**
 * Reads PromQL as Prometheus 3 does. What only a feature flag allows is read and named in `flags`; with a list of the flags that are
 * set, what another one would allow is a mistake.
 */
export function parse(text: string, allowed: readonly string[] | null = null): Parsed {
  const scanned = scan(text)
  if (!scanned.ok) return refused([scanned.mistake])
  if (scanned.source.trim() === '')
    return refused([{ message: 'there is no expression', fix: 'write one', from: 0, to: text.length }])
  const root = syntaxOf(scanned.source)?.children[0]
  if (root === undefined) return refused([unexpected(text, scanned.source)])

  const reader: Reader = { text, spans: new Map(), mistakes: [], flags: [] }
  const { spans, mistakes, flags } = reader
  const node = read(reader, root)
  const spanOf = (of: Node): Span => spans.get(of) ?? { from: 0, to: text.length }
  for (const { at, message, fix } of typeMistakes(node, (at, flag, what) => flags.push({ what, flag, ...spanOf(at) })))
    mistakes.push({ message, fix, ...spanOf(at) })
  if (allowed !== null)
    for (const { what, flag, from, to } of flags)
      if (!allowed.includes(flag))
        mistakes.push({
          message: `${what} needs the feature flag ${flag}`,
          fix: 'set it, or write it without',
          from,
          to,
        })
  return mistakes.length > 0 ? refused(mistakes) : { ok: true, node, spans, flags }
}

const refused = (mistakes: readonly TextMistake[]): Parsed => ({
  ok: false,
  mistakes: [...mistakes].sort((a, b) => a.from - b.from || a.to - b.to),
})

/** The first place at which the grammar has to guess. */
function unexpected(text: string, source: string): TextMistake {
  let found: Span = { from: text.length, to: text.length }
  parser.parse(source).iterate({
    enter({ type, from, to }) {
      if (type.isError && from < found.from) found = { from, to }
    },
  })
  const { from } = found
  const word = found.to > from ? text.slice(from, found.to) : (/^\s*(\w+|\S)/.exec(text.slice(from))?.[1] ?? '')
  const called = word === '(' ? (/([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, from)) ?? null) : null
  if (called !== null) {
    const name = called[1] as string
    return {
      message: `there is no function ${name}`,
      fix: nearest(name, known),
      from: called.index,
      to: called.index + name.length,
    }
  }
  const start = word === '' ? from : text.indexOf(word, from)
  const message = word === '' ? 'it ends too early' : `unexpected ${JSON.stringify(word)}`
  return { message, fix: '', from: Math.min(start, Math.max(0, text.length - 1)), to: Math.max(start + word.length, 1) }
}

const known = [...functions.keys(), ...aggregations.keys()]

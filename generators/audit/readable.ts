import { type Matcher, type Node, rewrite, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import { parse } from '../promql/parse.ts'
import { print } from '../promql/print.ts'
import { anyValue, type Interpolation, interpolate } from './interpolate.ts'
import { type Sharing, sharing } from './shared.ts'
import type { Item, ItemQuery } from './verdict.ts'

/** An expression as a tree in which variables and missing names match anything, or why it cannot be parsed. */
export type Readable =
  | {
      readonly node: Node
      /** Whether a variable takes the place of a name or an operator. */
      readonly loose: boolean
      /** The names that it uses, each once. */
      readonly names: readonly string[]
      /** A part of it as its author wrote it. */
      readonly shown: (part: Node) => string
      /** A sentence about it with its variables restored. */
      readonly said: (sentence: string) => string
    }
  | { readonly wrong: string }

/** Stands for the name of a selector that has none. */
export const anySeries = '\u{F0001}'
const anyOf = '.*|'
/** As `label_values()` queries it: a series without the label contributes no value. */
const someOf = '.+|'

/** Parses all expressions that can be judged; the same text is parsed once. */
export function readAll(items: readonly Item[]): ReadonlyMap<ItemQuery, Readable> {
  const all = new Map<ItemQuery, Readable>()
  const plain = new Map<string, Readable>()
  const recorded = items.filter(({ kind }) => kind === 'record').map(({ name }) => name)
  const share = sharing(new Set([...recorded, anySeries]))
  for (const { queries } of items)
    for (const query of queries) {
      if (query.closed !== null) continue
      const isPlain = query.label === null && (query.variables === null || !/[$[]/.test(query.expr))
      const one = (isPlain ? plain.get(query.expr) : undefined) ?? attempted(query, share)
      if (isPlain) plain.set(query.expr, one)
      all.set(query, one)
    }
  return all
}

function attempted(query: ItemQuery, share: Sharing): Readable {
  try {
    return readable(query, share)
  } catch (error) {
    // the call stack is finite
    if (error instanceof RangeError) return { wrong: 'it is nested too deeply' }
    throw error
  }
}

/** Parses an expression, with its variables if it is a panel's. */
function readable({ expr, variables, label }: ItemQuery, share: Sharing): Readable {
  const asWritten: Interpolation = { text: expr, restored: (text) => text, loose: false }
  let filled = variables === null ? asWritten : interpolate(expr, variables)
  let parsed = parse(filled.text)
  if (!parsed.ok && filled.loose) {
    const [before, other] = [parsed, interpolate(expr, variables ?? new Map(), 'number')]
    parsed = parse(other.text)
    if (parsed.ok) filled = other
    else parsed = before
  }
  if (!parsed.ok) {
    const [{ message, fix } = { message: 'it cannot be parsed', fix: '' }] = parsed.errors
    return { wrong: filled.restored(`${message}${fix === '' ? '' : `: ${fix}`}`) }
  }
  const node = rewrite(parsed.node, prepared)
  const whole = share(label === null ? node : withLabel(node, label))
  const said = (sentence: string) => filled.restored(cleaned(sentence))
  return {
    node: whole,
    loose: filled.loose,
    names: [...new Set(selectors(node).map(({ name }) => name))],
    shown: (part) => (part === whole && label === null ? expr.trim() : said(print(part))),
    said,
  }
}

function prepared(node: Node): Node {
  if (node.kind !== 'selector' || (node.name !== '' && !node.matchers.some(isOpen))) return node
  const matchers = node.matchers.map((matcher) => (isOpen(matcher) ? opened(matcher) : matcher))
  return Object.freeze({ ...node, name: node.name === '' ? anySeries : node.name, matchers })
}

const isOpen = ({ value }: Matcher): boolean => value.includes(anyValue)
/** A variable may have any value: its matcher accepts everything, and is recognised by the placeholder in it. */
const opened = ({ label, op, value }: Matcher): Matcher => ({
  label,
  op: op === '=' || op === '=~' ? '=~' : '!~',
  value: op === '=' || op === '=~' ? anyOf + value : `${value}`,
})

const cleaned = (text: string) =>
  text
    .replaceAll(`"${anyOf}`, '"')
    .replaceAll(`"${someOf}`, '"')
    .replaceAll(`"${anySeries}", `, '')
    .replaceAll(`{"${anySeries}"}`, '{}')
    // a label that was only queried
    .replace(new RegExp(`(?:, )?[\\w]+=~"${anyValue}"`), '')
    .replace(/\{\}$/, '')

/** The same expression, in which every series has a label. */
function withLabel(node: Node, label: string): Node {
  if (node.kind !== 'selector') return node
  const asked: Matcher = { label, op: '=~', value: `${someOf}${anyValue}` }
  const made: SelectorNode = { ...node, matchers: [...node.matchers, asked] }
  return Object.freeze(made)
}

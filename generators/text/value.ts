import {
  type BinaryNode,
  below,
  type CallNode,
  type Matcher,
  type Node,
  type Op,
  rewrite,
  type SelectorNode,
  selectors,
} from '../../definitions/language/node.ts'
import { sameNode } from '../../definitions/language/same-node.ts'
import { print } from '../promql/print.ts'
import { durationWords } from './duration-words.ts'
import { listText } from './list-text.ts'
import { code } from './markdown.ts'

/** What a query computes, as a part of a Markdown sentence; `said` are labels that were named already. */
export function queryText(node: Node, said: readonly string[]): string {
  switch (node.kind) {
    case 'selector':
      return seriesText(node)
    case 'call':
      return called(node, said) ?? code(print(node))
    case 'aggregate': {
      const word = totals[node.op]
      if (word === undefined || node.param !== null || node.word === 'without') return code(print(node))
      return `${over(word, queryText(node.of, said))}${each(node.labels, said)}`
    }
    case 'binary':
      return computed(node, said)
    case 'number':
    case 'string':
    case 'subquery':
    case 'unary':
    case 'text':
      return code(print(node))
  }
}

/** A series with its matchers, without its window; the widest bucket of a histogram is its count. */
export function seriesText(node: SelectorNode): string {
  const isCount = node.matchers.some((m) => m.label === 'le' && m.op === '=' && m.value === '+Inf')
  const long = node.matchers.filter(isLong)
  const shown = node.matchers.filter((m) => !(isCount && m.label === 'le') && !long.includes(m))
  const name = isCount ? node.name.replace(/_bucket$/, '') : node.name
  const values = long.map((m) => ` for ${m.value.split('|').length} values of ${code(m.label)}`).join('')
  const back = node.offset === null ? '' : ` of ${durationWords(node.offset)} ago`
  return `${isCount ? 'the count of ' : ''}${code(print({ ...node, name, matchers: shown, range: null, offset: null }))}${values}${back}`
}

/** A matcher with so many values that the rule itself is the better place to read them. */
const isLong = ({ op, value }: Matcher): boolean => op === '=~' && value.split('|').length > mostValues
const mostValues = 5

/** The window of a range selector in words. */
export const windowText = (node: SelectorNode): string => (node.range === null ? '' : durationWords(node.range))

/** The labels by which every aggregation of a tree groups, except those that all series keep; empty if they differ. */
export function sharedGroup(node: Node): readonly string[] {
  const groups = groupsOf(node).map(own)
  const [first] = groups
  return first !== undefined && groups.every((group) => group.join() === first.join()) ? first : []
}

const groupText = (labels: readonly string[]): string => `for each ${listText(labels.map(code))}`

const totals: Readonly<Record<string, string>> = {
  sum: 'total',
  avg: 'average',
  min: 'lowest',
  max: 'highest',
}
/** `total` and `the increase of x` are `the total increase of x`. */
const over = (word: string, of: string) =>
  of.startsWith('the ') ? `the ${word} ${of.slice(4)}` : `the ${word} of ${of}`

/** Labels that every aggregation keeps need not be mentioned. */
const kept = new Set(['bot', 'env', 'instance', 'le'])
const own = (labels: readonly string[]) => labels.filter((label) => !kept.has(label))
const each = (by: readonly string[], said: readonly string[]) => {
  const named = own(by).filter((label) => !said.includes(label))
  return named.length === 0 ? '' : ` ${groupText(named)}`
}

function groupsOf(node: Node): readonly (readonly string[])[] {
  const inner = below(node).flatMap(groupsOf)
  return node.kind === 'aggregate' && node.word === 'by' ? [node.labels, ...inner] : inner
}

function computed(node: BinaryNode, said: readonly string[]): string {
  const known =
    age(node, said) ?? fromZero(node, said) ?? beyond(node, said) ?? youngOnly(node) ?? withoutIfAny(node, said)
  if (known !== null) return known
  const word = arithmetic[node.op]
  // a formula of series reads better than its words
  if (word === undefined || node.bool || ((isComputed(node.left) || isComputed(node.right)) && isFormula(node)))
    return code(print(node))
  return `${apart(node.left, said)} ${word} ${apart(node.right, said)}`
}

/** In parentheses if it is computed as well. */
const apart = (part: Node, said: readonly string[]) =>
  part.kind === 'binary' && !isFormula(part) ? `(${queryText(part, said)})` : queryText(part, said)

/** Whether it has only series, numbers and arithmetic. */
const isFormula = (node: Node): boolean =>
  node.kind === 'selector' || node.kind === 'number' || (isComputed(node) && below(node).every(isFormula))

const isNow = (node: Node) => node.kind === 'call' && node.fn === 'time'

function age({ op, left, right }: BinaryNode, said: readonly string[]): string | null {
  if (op !== '-') return null
  if (isNow(left)) return `the age of ${queryText(right, said)}`
  return isNow(right) ? `the time until ${queryText(left, said)}` : null
}

/** Observations beyond a bound of the buckets: all of them less those up to it. */
function beyond({ op, left, right }: BinaryNode, said: readonly string[]): string | null {
  const [upTo] = selectors(right)
  const bound = boundOf(upTo)
  if (op !== '-' || upTo === undefined || bound === undefined || bound === '+Inf') return null
  const all = withAll(right, '+Inf')
  if (!sameNode(left, all) && !sameNode(left, withAll(right, null))) return null
  const name = code(upTo.name.replace(/_bucket$/, ''))
  return queryText(all, said).replace(name, `${name} above ${Number(bound)}`)
}

const boundOf = (node: SelectorNode | undefined) => node?.matchers.find(({ label }) => label === 'le')?.value

/** A query of buckets as one of all observations: of the widest bucket, or of the count. */
const withAll = (query: Node, le: '+Inf' | null): Node =>
  rewrite(query, (node) => {
    if (node.kind !== 'selector' || boundOf(node) === undefined) return node
    const others = node.matchers.filter(({ label }) => label !== 'le')
    return le === null
      ? { ...node, name: node.name.replace(/_bucket$/, '_count'), matchers: others }
      : { ...node, matchers: [...others, { label: 'le', op: '=' as const, value: le }] }
  })

/** The form `x unless x offset 10m`. */
function youngOnly({ op, left, right, matching }: BinaryNode): string | null {
  if (op !== 'unless' || matching !== null || left.kind !== 'selector' || right.kind !== 'selector') return null
  return right.offset !== null && sameNode({ ...right, offset: null }, left)
    ? `${seriesText(left)} (only of series younger than ${durationWords(right.offset)})`
    : null
}

/** The form `(x - y) or x`: nothing is subtracted where there is no y. */
function withoutIfAny({ op, left, right }: BinaryNode, said: readonly string[]): string | null {
  if (op !== 'or' || left.kind !== 'binary' || left.op !== '-' || !sameNode(left.left, right)) return null
  return `${apart(left.left, said)} less ${apart(left.right, said)}, if there is any`
}
const arithmetic: Readonly<Partial<Record<Op, string>>> = {
  '+': 'plus',
  '-': 'less',
  '*': 'times',
  '/': 'divided by',
}

const isComputed = (node: Node) => node.kind === 'binary' && node.op in arithmetic

/** The form of `increaseFromZero`: the value of a young series or of a young process, or else the increase. */
function fromZero({ op, left, right }: BinaryNode, said: readonly string[]): string | null {
  if (op !== 'or' || right.kind !== 'call' || right.fn !== 'increase') return null
  const [grown] = selectors(right)
  const [young] = selectors(left)
  if (grown === undefined || young?.name !== grown.name) return null
  const isYoungProcess = left.kind === 'binary' && left.left.kind === 'binary' && left.left.op === 'or'
  const fresh = isYoungProcess ? 'a new series or process' : 'a new series'
  return `${queryText(right, said)} (${fresh} counts from zero)`
}

function called(node: CallNode, said: readonly string[]): string | null {
  const [first, second] = node.args
  if (node.fn === 'histogram_quantile') return quantile(first, second, said)
  if (node.fn === 'round' && first !== undefined) return queryText(first, said)
  if (node.fn === 'abs' && first !== undefined) return `the absolute value of ${queryText(first, said)}`
  if (first?.kind !== 'selector' || first.range === null || node.args.length > 1) return null
  const words = windowed[node.fn]
  return words === undefined ? null : `the ${words} ${seriesText(first)} over ${windowText(first)}`
}
const windowed: Readonly<Record<string, string>> = {
  rate: 'rate of',
  irate: 'latest rate of',
  increase: 'increase of',
  delta: 'change of',
  deriv: 'slope of',
  changes: 'number of changes of',
  resets: 'number of resets of',
  avg_over_time: 'average of',
  min_over_time: 'lowest value of',
  max_over_time: 'highest value of',
  sum_over_time: 'sum of all samples of',
  count_over_time: 'number of samples of',
  last_over_time: 'last value of',
}

function quantile(share: Node | undefined, of: Node | undefined, said: readonly string[]): string | null {
  if (share?.kind !== 'number' || of === undefined) return null
  const [buckets, ...more] = selectors(of)
  if (buckets === undefined || more.length > 0) return null
  const name = buckets.name.replace(/_bucket$/, '')
  const window = buckets.range === null ? '' : ` over ${windowText(buckets)}`
  return `the ${ordinal(share.value * 100)} percentile of ${seriesText({ ...buckets, name })}${window}${each(groupsOf(of)[0] ?? [], said)}`
}

function ordinal(rank: number): string {
  const text = String(Number(rank.toPrecision(6)))
  if (text.includes('.') || /1[123]$/.test(text)) return `${text}th`
  return text + (({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<string, string>)[text.slice(-1)] ?? 'th')
}

import {
  type BinaryNode,
  below,
  type CallNode,
  type Node,
  type Op,
  type SelectorNode,
  selectors,
} from '../../definitions/language/node.ts'
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
  const bare = isCount
    ? { ...node, name: node.name.replace(/_bucket$/, ''), matchers: node.matchers.filter((m) => m.label !== 'le') }
    : node
  const back = node.offset === null ? '' : ` of ${durationWords(node.offset)} ago`
  return `${isCount ? 'the count of ' : ''}${code(print({ ...bare, range: null, offset: null }))}${back}`
}

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
  if (node.op === '-' && node.left.kind === 'call' && node.left.fn === 'time')
    return `the age of ${queryText(node.right, said)}`
  const fresh = fromZero(node, said)
  if (fresh !== null) return fresh
  const word = arithmetic[node.op]
  // Words have no parentheses: two operations in one sentence could be read either way.
  return word === undefined || node.bool || isComputed(node.left) || isComputed(node.right)
    ? code(print(node))
    : `${queryText(node.left, said)} ${word} ${queryText(node.right, said)}`
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

import { milliseconds } from '../../definitions/language/duration.ts'
import {
  type BinaryNode,
  type CallNode,
  isConstant,
  type Node,
  type SelectorNode,
  type SubqueryNode,
  selectors,
} from '../../definitions/language/node.ts'
import { constantOf } from '../promql/constant.ts'
import { parse } from '../promql/parse.ts'
import { print } from '../promql/print.ts'

/** How long an expression takes to return what a fault should make it return, in seconds. */
export interface Delay {
  /** How long the fault must last before the expression can see it: an age that is reached, a window that fills. */
  readonly least: number
  readonly most: number
  /** How long the newest sample may take to arrive, through every recording rule in between. */
  readonly sampled: number
}

/** What a series is to the delay of an expression. */
export interface SeriesDelay {
  /** Seconds until a change of it has become a sample, at most. */
  readonly sampled: number
  /** How long the fault must last before the series shows it: the deadline of a metric that was never set. */
  readonly least: number
  readonly most: number
  /** Whether its value is the age of something. */
  readonly isAge: boolean
}

export type SeriesDelays = (selector: SelectorNode) => SeriesDelay

/** Which way a fault moves a value: up, down, or either. */
type Move = 'up' | 'down' | 'either'

const none: Delay = Object.freeze({ least: 0, most: 0, sampled: 0 })

/** The delay of a condition. A count, such as `increase(x[10m]) >= 3`, begins with the event that reaches it. */
export const delayOf = (condition: Node, series: SeriesDelays): Delay => delay(condition, 'either', series)

function delay(node: Node, move: Move, series: SeriesDelays): Delay {
  switch (node.kind) {
    case 'number':
    case 'string':
      return none
    case 'selector':
      return selected(node, series)
    case 'subquery':
      return later(delay(node.of, move, series), secondsOf(node.offset))
    case 'unary':
      return delay(node.of, node.op === '-' ? against(move) : move, series)
    case 'aggregate':
      return delay(node.of, /^(?:sum|min|max|avg|topk|bottomk|quantile)$/.test(node.op) ? move : 'either', series)
    case 'call':
      return called(node, move, series)
    case 'binary':
      return combined(node, move, series)
    case 'text': {
      const parsed = parse(print(node))
      return parsed.ok ? delay(parsed.node, move, series) : none
    }
  }
}

function selected(node: SelectorNode, series: SeriesDelays): Delay {
  const { sampled, least, most } = series(node)
  return later({ sampled, least, most }, secondsOf(node.offset))
}

const later = (delay: Delay, offset: number): Delay => ({
  ...delay,
  least: delay.least + offset,
  most: delay.most + offset,
})

function called({ fn, args }: CallNode, move: Move, series: SeriesDelays): Delay {
  const inner = longest(
    args.map((arg) => delay(arg, /^(?:abs|histogram_quantile)$/.test(fn) ? 'either' : move, series)),
  )
  const [range] = args.filter(({ kind }) => kind === 'subquery' || kind === 'selector') as (
    | SelectorNode
    | SubqueryNode
  )[]
  if (fn === 'absent_over_time' && range !== undefined) return ranged(range, inner, 'whole')
  const seen = range === undefined ? undefined : windowed[fn]
  return range === undefined || range.range === null || seen === undefined ? inner : ranged(range, inner, seen[move])
}

/** How much of a window a fault must fill: none of it, any part, or all of it. */
type Share = 'none' | 'either' | 'whole'

const counted: Readonly<Record<Move, Share>> = { up: 'none', down: 'either', either: 'either' }
const averaged: Readonly<Record<Move, Share>> = { up: 'either', down: 'either', either: 'either' }
/** The share of the window that each function over one waits for; those that read the newest samples wait for none. */
const windowed: Readonly<Record<string, Readonly<Record<Move, Share>>>> = {
  rate: counted,
  increase: counted,
  changes: counted,
  resets: counted,
  count_over_time: counted,
  sum_over_time: averaged,
  avg_over_time: averaged,
  quantile_over_time: averaged,
  stddev_over_time: averaged,
  stdvar_over_time: averaged,
  mad_over_time: averaged,
  delta: averaged,
  deriv: averaged,
  predict_linear: averaged,
  double_exponential_smoothing: averaged,
  max_over_time: { up: 'none', down: 'whole', either: 'either' },
  min_over_time: { up: 'whole', down: 'none', either: 'either' },
}

function ranged({ range }: SelectorNode | SubqueryNode, inner: Delay, share: Share): Delay {
  const window = secondsOf(range)
  return {
    sampled: inner.sampled,
    least: inner.least + (share === 'whole' ? window : 0),
    most: inner.most + (share === 'none' ? 0 : window),
  }
}

function combined(node: BinaryNode, move: Move, series: SeriesDelays): Delay {
  const { op, left, right } = node
  switch (op) {
    case '>':
    case '>=':
      return compared(node, 'up', series)
    case '<':
    case '<=':
      return compared(node, 'down', series)
    case '==':
    case '!=':
      return compared(node, 'either', series)
    case 'or': {
      const [one, other] = [delay(left, move, series), delay(right, move, series)]
      return { ...longest([one, other]), least: Math.min(one.least, other.least) }
    }
    case 'unless':
      return longest([
        delay(left, move, series),
        isPast(right) ? none : { ...delay(right, 'either', series), least: 0 },
      ])
    case '-':
      return longest([delay(left, move, series), delay(right, against(move), series)])
    case 'and': {
      const names = new Set(selectors(left).map(({ name }) => name))
      const isOther = isPast(right) && selectors(right).every(({ name }) => !names.has(name))
      return longest([delay(left, move, series), isOther ? none : delay(right, move, series)])
    }
    case '+':
      return longest([delay(left, move, series), delay(right, move, series)])
    case '*':
    case '/':
    case '%':
    case '^':
    case 'atan2': {
      const kept = isConstant(right) || isConstant(left) ? move : 'either'
      return longest([delay(left, kept, series), delay(right, kept, series)])
    }
  }
}

/** A comparison; one with an age is true only once that age has been reached. */
function compared(node: BinaryNode, move: Move, series: SeriesDelays): Delay {
  const { left, right } = constantOf(node.left) === null ? node : { left: node.right, right: node.left }
  const way = left === node.left ? move : against(move)
  const inner = longest([delay(left, way, series), delay(right, against(way), series)])
  const limit = constantOf(right)
  if (limit === null || way === 'down') return inner
  // A sample from before the fault ages just as well: the newest need not have arrived.
  if (isAgeOfTimestamp(left)) return { least: Math.max(0, limit - inner.sampled), most: inner.most + limit, sampled: 0 }
  return isAge(left, series) ? { ...inner, least: inner.least + limit, most: inner.most + limit } : inner
}

/** Whether it is about some time ago only, which a fault does not change now. */
const isPast = (node: Node): boolean => selectors(node).every(({ offset }) => offset !== null)

/** Whether it is an age: of one thing, of the oldest or newest of several, or beyond what is usual, such as the time between two bars. */
function isAge(node: Node, series: SeriesDelays): boolean {
  if (node.kind === 'selector') return series(node).isAge
  if (node.kind === 'aggregate') return (node.op === 'min' || node.op === 'max') && isAge(node.of, series)
  return node.kind === 'binary' && node.op === '-' && isAge(node.left, series)
}

const isAgeOfTimestamp = (node: Node): boolean =>
  node.kind === 'binary' && node.op === '-' && node.left.kind === 'call' && node.left.fn === 'time'

function longest(delays: readonly Delay[]): Delay {
  const highest = (of: (one: Delay) => number) => Math.max(0, ...delays.map(of))
  return {
    least: highest(({ least }) => least),
    most: highest(({ most }) => most),
    sampled: highest(({ sampled }) => sampled),
  }
}

const against = (move: Move): Move => (move === 'either' ? move : move === 'up' ? 'down' : 'up')
const secondsOf = (duration: string | null): number => (milliseconds(duration ?? '') ?? 0) / 1000

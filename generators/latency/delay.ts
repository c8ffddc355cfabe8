import { inSeconds } from '../../definitions/language/duration.ts'
import {
  type BinaryNode,
  type CallNode,
  isConstant,
  type Node,
  type SelectorNode,
  type SubqueryNode,
  selectors,
} from '../../definitions/language/node.ts'
import { withParsedText } from '../promql/with-parsed-text.ts'
import { ageOfCrossing, usesTime } from './age.ts'
import type { SeriesDelays } from './series-delay.ts'

/** How long an expression takes to return what a fault should make it return, in seconds. */
export interface Delay {
  /** How long the fault must last before the expression can see it: an age that is reached, a window that fills; infinite if that is unknown. */
  readonly least: number
  readonly most: number
  /** How long the newest sample may take to arrive, through every recording rule in between. */
  readonly sampled: number
}

/** Which way a fault moves a value: up, down, or either. */
type Move = 'up' | 'down' | 'either'

const none: Delay = Object.freeze({ least: 0, most: 0, sampled: 0 })

/** The delay of a condition. A count, such as `increase(x[10m]) >= 3`, begins with the event that reaches it. */
export const delayOf = (condition: Node, series: SeriesDelays): Delay =>
  delay(withParsedText(condition), 'either', series)

function delay(node: Node, move: Move, series: SeriesDelays): Delay {
  switch (node.kind) {
    case 'number':
    case 'string':
      return none
    case 'selector':
      return selected(node, series)
    case 'subquery':
      return later(delay(node.of, move, series), inSeconds(node.offset))
    case 'unary':
      return delay(node.of, node.op === '-' ? against(move) : move, series)
    case 'aggregate':
      return delay(node.of, /^(?:sum|min|max|avg|topk|bottomk|quantile)$/.test(node.op) ? move : 'either', series)
    case 'call':
      return called(node, move, series)
    case 'binary':
      return combined(node, move, series)
    case 'text':
      // what cannot be parsed
      return none
  }
}

function selected(node: SelectorNode, series: SeriesDelays): Delay {
  const { sampled, least, most } = series(node)
  return later({ sampled, least, most }, inSeconds(node.offset))
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
  // samples of a condition do not exist before it is true
  const seen = range?.kind === 'subquery' && fn === 'count_over_time' ? averaged : windowed[fn]
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
  const window = inSeconds(range)
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
      return arithmetic(left, right, [move, against(move)], series)
    case 'and': {
      const names = new Set(selectors(left).map(({ name }) => name))
      const isOther = isPast(right) && selectors(right).every(({ name }) => !names.has(name))
      return longest([delay(left, move, series), isOther ? none : delay(right, move, series)])
    }
    case '+':
      return arithmetic(left, right, [move, move], series)
    case '*':
    case '/':
    case '%':
    case '^':
    case 'atan2': {
      const kept = isConstant(right) || isConstant(left) ? move : 'either'
      return arithmetic(left, right, [kept, kept], series)
    }
  }
}

/** A comparison; one with an age is true only once that age has been reached. */
function compared({ left, right }: BinaryNode, move: Move, series: SeriesDelays): Delay {
  const inner = arithmetic(left, right, [move, against(move)], series)
  const age = ageOfCrossing(left, right, move, series)
  if (age === null) return inner
  if (age === 'unknown') return { ...inner, most: Number.POSITIVE_INFINITY }
  // A timestamp from before the fault ages just as well: the newest need not have arrived.
  return usesTime(left) || usesTime(right)
    ? { least: Math.max(0, age - inner.sampled), most: inner.most + age, sampled: 0 }
    : { ...inner, least: inner.least + age, most: inner.most + age }
}

/** Two operands; one about some time ago only does not change now, unless it is all there is. */
function arithmetic(left: Node, right: Node, [one, other]: readonly [Move, Move], series: SeriesDelays): Delay {
  if (isPast(right) && !isPast(left)) return delay(left, one, series)
  if (isPast(left) && !isPast(right)) return delay(right, other, series)
  return longest([delay(left, one, series), delay(right, other, series)])
}

/** Whether it is about some time ago only, which a fault does not change now. */
const isPast = (node: Node): boolean => selectors(node).every(({ offset }) => offset !== null)

function longest(delays: readonly Delay[]): Delay {
  const highest = (of: (one: Delay) => number) => Math.max(0, ...delays.map(of))
  return {
    least: highest(({ least }) => least),
    most: highest(({ most }) => most),
    sampled: highest(({ sampled }) => sampled),
  }
}

const against = (move: Move): Move => (move === 'either' ? move : move === 'up' ? 'down' : 'up')

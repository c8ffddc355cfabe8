import { inSeconds } from '../../definitions/language/duration.ts'
import {
  type BinaryNode,
  type CallNode,
  type Node,
  type SelectorNode,
  type SubqueryNode,
  selectors,
} from '../../definitions/language/node.ts'
import { sameNode } from '../../definitions/language/same-node.ts'
import { constantOf } from '../promql/constant.ts'
import { withParsedText } from '../promql/with-parsed-text.ts'
import { ageOfCrossing, usesTime } from './age.ts'
import type { Move, SeriesDelays } from './series-delay.ts'

/** How long an expression takes to return what a fault should make it return, in seconds. */
export interface Delay {
  /** How long the fault must last before the expression can see it: an age that is reached, a window that fills; infinite if that is unknown. */
  readonly least: number
  readonly most: number
  /** How long the newest sample may take to arrive, through every recording rule in between. */
  readonly sampled: number
  /** What moves a count over a window: events that arrive in it at once, or that leave it one by one; null if it is not a count. */
  readonly events: 'arrive' | 'leave' | null
}

const none: Delay = Object.freeze({ least: 0, most: 0, sampled: 0, events: null })

/** The delay of a condition. A count, such as `increase(x[10m]) >= 3`, begins with the event that reaches it. */
export const delayOf = (condition: Node, series: SeriesDelays, move: Move = 'either'): Delay =>
  delay(withParsedText(condition), move, series)

function delay(node: Node, move: Move, series: SeriesDelays): Delay {
  switch (node.kind) {
    case 'number':
    case 'string':
      return none
    case 'selector':
      return selected(node, move, series)
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

function selected(node: SelectorNode, move: Move, series: SeriesDelays): Delay {
  const { sampled, least, most, events } = series(node, move)
  return later({ sampled, least, most, events }, inSeconds(node.offset))
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
  if (range === undefined || range.range === null || seen === undefined) return inner
  const moved = { up: 'arrive', down: 'leave', either: null } as const
  return { ...ranged(range, inner, seen[move]), events: seen === counted ? moved[move] : null }
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
    ...inner,
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
        isPast(right)
          ? none
          : { ...longest([right, ended(right)].map((one) => delay(one, 'either', series))), least: 0 },
      ])
    case '-':
      return arithmetic(left, right, [move, against(move)], series)
    case 'and': {
      const names = new Set(selectors(left).map(({ name }) => name))
      const isOther = isPast(right) && selectors(right).every(({ name }) => !names.has(name))
      return longest([delay(left, move, series), isOther ? none : delay(right, move, series)])
    }
    case '+':
      return added(left, right, move, series)
    case '*': {
      const factor = constantOf(left) ?? constantOf(right)
      const kept = factor === null ? 'either' : factor < 0 ? against(move) : move
      return arithmetic(left, right, [kept, kept], series)
    }
    case '/':
      return divided(left, right, move, series)
    case '%':
    case '^':
    case 'atan2':
      return arithmetic(left, right, ['either', 'either'], series)
  }
}

const opposite: Readonly<Record<string, BinaryNode['op']>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' }

/** What is true once a comparison with a limit no longer is: a count falls below one only as its events leave the window. */
function ended(node: Node): Node {
  const op = node.kind === 'binary' && constantOf(node.right) !== null ? opposite[node.op] : undefined
  return node.kind === 'binary' && op !== undefined ? { ...node, op } : node
}

/** A comparison; one with an age is true only once that age has been reached. */
function compared({ left, right }: BinaryNode, move: Move, series: SeriesDelays): Delay {
  const inner = arithmetic(left, right, [move, against(move)], series)
  const age = ageOfCrossing(left, right, move, series)
  if (age === null) return inner
  if (age === 'unknown') return { ...inner, most: Number.POSITIVE_INFINITY }
  // A timestamp from before the fault ages just as well: the newest need not have arrived.
  return usesTime(left) || usesTime(right)
    ? { ...inner, least: Math.max(0, age - inner.sampled), most: inner.most + age, sampled: 0 }
    : { ...inner, least: inner.least + age, most: inner.most + age }
}

type Moves = readonly [left: Move, right: Move]

/** A sum, difference or comparison: where one count grows against another, the event that arrives reaches the limit, not those that leave. */
function arithmetic(left: Node, right: Node, moves: Moves, series: SeriesDelays): Delay {
  const [first, second] = operands(left, right, moves, series)
  if (second === undefined) return first
  if (first.events === 'leave' && second.events === 'arrive') return beside(second, first)
  if (second.events === 'leave' && first.events === 'arrive') return beside(first, second)
  return soonest(first, second)
}

/** A sum: a count that is added to another series corrects it, and nothing waits until its events leave. */
function added(left: Node, right: Node, move: Move, series: SeriesDelays): Delay {
  const [first, second] = operands(left, right, [move, move], series)
  if (second === undefined) return first
  if ((first.events === 'leave') === (second.events === 'leave')) return soonest(first, second)
  return first.events === 'leave' ? beside(second, first) : beside(first, second)
}

/** A quotient of positive values; what is in both its parts moves it as it moves the first: (x - y) / x rises with x. */
function divided(left: Node, right: Node, move: Move, series: SeriesDelays): Delay {
  const [first, second] = operands(left, right, [move, against(move)], series)
  if (second === undefined) return first
  const above = selectors(left)
  const isShared = selectors(right).every((one) => above.some((other) => sameNode(one, other)))
  return isShared ? beside(first, second) : soonest(first, second)
}

/** The operands that a fault can move; one about some time ago only does not change now, unless it is all there is. */
function operands(
  left: Node,
  right: Node,
  [one, other]: Moves,
  series: SeriesDelays,
): readonly [Delay] | readonly [Delay, Delay] {
  const [isLeft, isRight] = [left, right].map((node) => selectors(node).length > 0)
  if (!isRight || (isLeft && isPast(right) && !isPast(left))) return [delay(left, one, series)]
  if (!isLeft || (isPast(left) && !isPast(right))) return [delay(right, other, series)]
  return [delay(left, one, series), delay(right, other, series)]
}

/** Either may be what moves. */
const soonest = (first: Delay, second: Delay): Delay => ({
  ...longest([first, second]),
  least: Math.min(first.least, second.least),
})

/** The delay of what moves a value, while the other only has to be sampled. */
const beside = (moving: Delay, other: Delay): Delay => ({
  ...moving,
  sampled: Math.max(moving.sampled, other.sampled),
})

/** Whether it is about some time ago only, which a fault does not change now. */
const isPast = (node: Node): boolean => selectors(node).every(({ offset }) => offset !== null)

function longest(delays: readonly Delay[]): Delay {
  const highest = (of: (one: Delay) => number) => Math.max(0, ...delays.map(of))
  return {
    least: highest(({ least }) => least),
    most: highest(({ most }) => most),
    sampled: highest(({ sampled }) => sampled),
    events: eventsOf(delays),
  }
}

/** Of what takes longest; of counts that take no time, that their events arrive. */
function eventsOf(delays: readonly Delay[]): Delay['events'] {
  const most = Math.max(0, ...delays.map((one) => one.most))
  const slowest = delays.filter((one) => one.most === most && one.events !== null)
  return slowest[0]?.events ?? null
}

const against = (move: Move): Move => (move === 'either' ? move : move === 'up' ? 'down' : 'up')

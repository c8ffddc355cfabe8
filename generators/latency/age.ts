import { below, type Node } from '../../definitions/language/node.ts'
import { constantOf } from '../promql/constant.ts'
import type { SeriesDelays } from './series-delay.ts'

/** A value that changes with time alone: `rise` for each second, and `constant` at age zero. */
interface Aging {
  readonly rise: number
  readonly constant: number
}

/** A sum of time(), of metrics that are ages, of other series, and of a number. */
interface Terms {
  readonly time: number
  readonly ages: number
  readonly others: number
  readonly constant: number
}

/**
 * The age in seconds at which `left - right` passes zero on its way up; null if it does not age that way, `unknown` if it does but in
 * a form that is not understood.
 */
export function ageOfCrossing(left: Node, right: Node, move: 'up' | 'down' | 'either', series: SeriesDelays) {
  if (!hasAge(left, series) && !hasAge(right, series)) return null
  const aging = agingOf(left, right, series)
  if (aging === null) return 'unknown'
  const { rise, constant } = aging
  if (rise === 0 || (move === 'up' && rise < 0) || (move === 'down' && rise > 0)) return null
  return Math.max(0, -constant / rise)
}

function agingOf(left: Node, right: Node, series: SeriesDelays): Aging | null {
  const [one, other] = [termsOf(left, series), termsOf(right, series)]
  if (one === null || other === null) return null
  const { time, ages, others, constant } = added(one, other, -1)
  // a timestamp subtracts as much as time() adds
  const isTimestamp = time !== 0 && ages === 0 && others === -time
  // the age beyond what another series says is usual counts from there
  const isMetric = time === 0 && others * ages <= 0
  return isTimestamp || isMetric ? { rise: time + ages, constant } : null
}

const nothing: Terms = Object.freeze({ time: 0, ages: 0, others: 0, constant: 0 })

const added = (one: Terms, other: Terms, times: number): Terms => ({
  time: one.time + times * other.time,
  ages: one.ages + times * other.ages,
  others: one.others + times * other.others,
  constant: one.constant + times * other.constant,
})

/** Functions and aggregations that leave an age what it is, as far as its crossing of a limit is concerned. */
const keeping = new Set(
  'vector clamp clamp_min clamp_max abs ceil floor round sort sort_desc label_replace label_join last_over_time max_over_time min_over_time'.split(
    ' ',
  ),
)
const picking = new Set(['max', 'min', 'topk', 'bottomk'])
const comparisons = new Set(['>', '>=', '<', '<=', '==', '!=', 'and', 'unless'])

function termsOf(node: Node, series: SeriesDelays): Terms | null {
  const inner = (of: Node) => termsOf(of, series)
  const constant = constantOf(node)
  if (constant !== null) return { ...nothing, constant }
  switch (node.kind) {
    case 'selector':
      return series(node).isAge ? { ...nothing, ages: 1 } : { ...nothing, others: 1 }
    case 'unary': {
      const of = inner(node.of)
      return of === null || node.op === '+' ? of : added(nothing, of, -1)
    }
    case 'call': {
      if (node.fn === 'time') return { ...nothing, time: 1 }
      const [first] = node.args
      return first !== undefined && keeping.has(node.fn) ? inner(first) : null
    }
    case 'subquery':
      return inner(node.of)
    case 'aggregate':
      return picking.has(node.op) ? inner(node.of) : null
    case 'binary': {
      if (comparisons.has(node.op)) return node.bool ? null : inner(node.left)
      const [left, right] = [inner(node.left), inner(node.right)]
      if (left === null || right === null) return null
      if (node.op === '+' || node.op === '-') return added(left, right, node.op === '+' ? 1 : -1)
      const [leftNumber, rightNumber] = [constantOf(node.left), constantOf(node.right)]
      if (node.op === '*' && leftNumber !== null) return added(nothing, right, leftNumber)
      if (node.op === '*' && rightNumber !== null) return added(nothing, left, rightNumber)
      return node.op === '/' && rightNumber !== null ? added(nothing, left, 1 / rightNumber) : null
    }
    case 'number':
    case 'string':
    case 'text':
      return null
  }
}

/** Whether time alone can change a value. */
function hasAge(node: Node, series: SeriesDelays): boolean {
  if (node.kind === 'selector') return series(node).isAge
  if (node.kind === 'call' && node.fn === 'time') return true
  // what filters a value does not make it age
  const filters = node.kind === 'binary' && comparisons.has(node.op) && !node.bool
  return (filters ? [node.left] : below(node)).some((part) => hasAge(part, series))
}

/** Whether a value is computed from the time of the evaluation, so that it ages between two scrapes. */
export const usesTime = (node: Node): boolean =>
  (node.kind === 'call' && node.fn === 'time') || below(node).some(usesTime)

import { type Node, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { AnalysedExpression } from './expression.ts'
import { calls, is, isComparison, isSet, type Of, operand, selectorFamilies } from './parts.ts'

const keeps = new Set(
  'label_replace label_join sort sort_desc sort_by_label sort_by_label_desc last_over_time first_over_time max_over_time min_over_time avg_over_time ceil floor round abs'.split(
    ' ',
  ),
)
const aggregates = new Set(['sum', 'avg', 'min', 'max', 'topk', 'bottomk', 'limitk', 'limit_ratio'])

/** Whether a value only grows until its process restarts: a raw counter, not its growth. */
export function isCumulative(expression: AnalysedExpression, of: Meaning): boolean {
  const below = (one: Meaning | undefined) => one !== undefined && isCumulative(expression, one)
  const { node } = of
  switch (node.kind) {
    case 'selector': {
      const families = selectorFamilies(expression, node)
      if (families.length === 0) return false
      return families.every(({ name, type }) => {
        if (type === 'counter' || type === 'bucket') return true
        const recorded = type === 'recorded' ? expression.record(name) : null
        return recorded !== null && below(recorded)
      })
    }
    case 'aggregate':
      return aggregates.has(node.op) && below(of.of.at(-1))
    case 'subquery':
    case 'unary':
      return below(of.of[0])
    case 'call':
      return keeps.has(node.fn) && below(of.of.find(({ type }) => type === 'vector' || type === 'matrix'))
    case 'binary': {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (node.bool) return false
      if (node.op === 'or') return below(left) && below(right)
      if (isSet(node.op)) return below(left) && !asksWhatIsNew(node)
      if (isComparison(node.op)) return below(left.type === 'scalar' ? right : left)
      if (node.op === '+') return below(left) && below(right)
      const scaled = node.op === '*' || node.op === '/'
      return scaled && ((right.type === 'scalar' && below(left)) || (left.type === 'scalar' && below(right)))
    }
    default:
      return false
  }
}

/** `x unless x offset 1d`: what exists now and did not exist then. */
export function asksWhatIsNew(node: Node): boolean {
  if (node.kind !== 'binary' || node.op !== 'unless') return false
  const now = new Set(selectors(node.left).flatMap(({ name, offset }) => (offset === null ? [name] : [])))
  return selectors(node.right).some(({ name, offset }) => offset !== null && now.has(name))
}

/** Whether a part counts the series of a name as soon as they exist: `x unless x offset 10m`. */
export const countsWhatIsNew = (of: Meaning, name: string): boolean =>
  (asksWhatIsNew(of.node) && selectors(of.node).some((node) => node.name === name)) ||
  of.of.some((one) => countsWhatIsNew(one, name))

/** Whether a raw counter is divided by the growth over a window: on average, the quotient only grows as well. */
export function isCumulativeOverGrowth(expression: AnalysedExpression, of: Meaning): boolean {
  const below = (one: Meaning | undefined) => one !== undefined && isCumulativeOverGrowth(expression, one)
  const { node } = of
  switch (node.kind) {
    case 'selector':
      return recordedBy(expression, node).some(below)
    case 'aggregate':
      return aggregates.has(node.op) && below(of.of.at(-1))
    case 'subquery':
      return below(of.of[0])
    case 'call':
      return keeps.has(node.fn) && below(operand(of))
    case 'binary': {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (node.bool) return false
      if (node.op === '/' && right.type === 'vector') return isCumulative(expression, left) && isGrowth(right)
      if (node.op === 'and' || node.op === 'unless') return below(left)
      if (node.op !== '*' && node.op !== '/') return false
      return below(right.type === 'scalar' ? left : left.type === 'scalar' && node.op === '*' ? right : undefined)
    }
    default:
      return false
  }
}

const growth = new Set(['rate', 'increase', 'irate'])

/** Whether a value is the growth of counters or its rate, however it was summed, scaled or kept above 0. */
function isGrowth(of: Meaning): boolean {
  const { node } = of
  switch (node.kind) {
    case 'call':
      if (growth.has(node.fn)) return true
      return node.fn === 'clamp_min' && of.of[0] !== undefined && isGrowth(of.of[0])
    case 'aggregate':
      return aggregates.has(node.op) && isGrowth(of.of.at(-1) as Meaning)
    case 'binary': {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (node.bool) return false
      if (isComparison(node.op)) return right.type === 'scalar' && isGrowth(left)
      if (node.op === '+') return isGrowth(left) && isGrowth(right)
      if (node.op !== '*' && node.op !== '/') return false
      return (
        (right.type === 'scalar' && isGrowth(left)) || (node.op === '*' && left.type === 'scalar' && isGrowth(right))
      )
    }
    default:
      return false
  }
}

/** What the recording rules behind the series of a selector record. */
const recordedBy = (expression: AnalysedExpression, node: SelectorNode): readonly Meaning[] =>
  selectorFamilies(expression, node).flatMap(({ name, type }) =>
    type === 'recorded' ? (expression.record(name) ?? []) : [],
  )

/** Whether a value combines several series: an aggregation that sums or averages. */
export const isAggregated = (expression: AnalysedExpression, of: Meaning): boolean => {
  if (is(of, 'aggregate')) return of.node.op === 'sum' || of.node.op === 'avg'
  if (is(of, 'selector')) return recordedBy(expression, of.node).some((recorded) => isAggregated(expression, recorded))
  return is(of, 'subquery') && of.of[0] !== undefined && isAggregated(expression, of.of[0])
}

/** Calls of functions whose operand only grows, such as a quantile of raw buckets. */
export const callsOnCumulative = (expression: AnalysedExpression, names: ReadonlySet<string>): readonly Of<'call'>[] =>
  calls(expression, names).filter((of) => {
    const inner = operand(of)
    return inner !== undefined && isCumulative(expression, inner)
  })

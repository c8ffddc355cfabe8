import { milliseconds } from '../../definitions/language/duration.ts'
import type { Op } from '../../definitions/language/node.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { AnalysedExpression } from './expression.ts'
import { is, limitComparisons, type Of, operand, parts } from './parts.ts'

/** How much a counter has grown, however that is written. */
interface Growth {
  readonly counter: Of<'selector'>
  /** In milliseconds. */
  readonly window: number
  /** What a single event adds to it. */
  readonly one: number
  /** Whether totals of several series are subtracted: a series that is new then counts from zero. */
  readonly isOfTotals: boolean
}

/** A comparison of how much a counter has grown with a limit. */
export interface GrowthComparison extends Growth {
  readonly of: Of<'binary'>
  /** The aggregation of the growth; null if there is none. */
  readonly over: string | null
  readonly op: Op
  readonly limit: number
}

/** Every comparison of how much a counter has grown; `c > c offset 10m` is one with 0. */
export function growthComparisons(expression: AnalysedExpression): readonly GrowthComparison[] {
  const withLimit = limitComparisons(expression).flatMap(({ of, what, op, limit }): readonly GrowthComparison[] => {
    const [over, counted] = is(what, 'aggregate') ? [what.node.op, what.of.at(-1)] : [null, what]
    const growth = counted === undefined ? null : growthOf(counted)
    return growth === null ? [] : [{ ...growth, of, over, op, limit }]
  })
  const withThen = parts(expression, 'binary').flatMap((of): readonly GrowthComparison[] => {
    const { op, bool } = of.node
    const [left, right] = of.of as readonly [Meaning, Meaning]
    if (bool || (op !== '>' && op !== '<' && op !== '!=')) return []
    const growth = (op === '<' ? null : growthSince(left, right)) ?? (op === '>' ? null : growthSince(right, left))
    return growth === null ? [] : [{ ...growth, of, over: null, op: '>', limit: 0 }]
  })
  return [...withLimit, ...withThen]
}

const perSecond = new Set(['rate', 'irate'])
const perWindow = new Set(['increase', 'changes'])

function growthOf(of: Meaning): Growth | null {
  if (is(of, 'binary')) return of.node.op === '-' ? growthSince(of.of[0], of.of[1]) : null
  if (!is(of, 'call') || !(perSecond.has(of.node.fn) || perWindow.has(of.node.fn))) return null
  const counter = operand(of)
  if (counter === undefined || !is(counter, 'selector')) return null
  const window = milliseconds(counter.node.range ?? '') ?? 0
  return { counter, window, one: perWindow.has(of.node.fn) ? 1 : 1000 / window, isOfTotals: false }
}

/** What a counter has now, less what it had then: the same series, or totals of them. */
function growthSince(now: Meaning | undefined, then: Meaning | undefined): Growth | null {
  if (now === undefined || then === undefined) return null
  if (isSum(now) && isSum(then)) {
    const growth = growthSince(now.of.at(-1), then.of.at(-1))
    return growth === null ? null : { ...growth, isOfTotals: true }
  }
  if (!is(now, 'selector') || !is(then, 'selector') || now.node.name !== then.node.name) return null
  const isSame = JSON.stringify([now.node.matchers, now.node.at]) === JSON.stringify([then.node.matchers, then.node.at])
  const window = before(then) - before(now)
  return isSame && window > 0 ? { counter: now, window, one: 1, isOfTotals: false } : null
}

const isSum = (of: Meaning): of is Of<'aggregate'> => is(of, 'aggregate') && of.node.op === 'sum'

/** How long ago a selector looks, in milliseconds. */
const before = ({ node }: Of<'selector'>): number => milliseconds(node.offset ?? '') ?? 0

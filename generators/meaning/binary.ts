import type { BinaryNode, Matching, Op } from '../../definitions/language/node.ts'
import type { AnalysisContext } from './analyse.ts'
import { describeValues } from './describe.ts'
import { type Domain, intersection, isNever } from './domain.ts'
import {
  exactly,
  hasNumber,
  hull,
  type Interval,
  interval,
  negate,
  nothing,
  power,
  product,
  quotient,
  remainder,
  single,
  sumOf,
  truth,
  within,
} from './interval.ts'
import {
  domainOf,
  either,
  except,
  type LabelDomains,
  nameless,
  namelessKey,
  only,
  wholeKey,
  withLabels,
} from './labels.ts'
import { joinedAbsence, type Meaning, meaning } from './meaning.ts'
import { binaryUnit } from './units.ts'

const arithmetics = new Set<Op>(['+', '-', '*', '/', '%', '^', 'atan2'])
const turned: Partial<Record<Op, Op>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' }
const opposite: Partial<Record<Op, Op>> = { '>': '<=', '<': '>=', '>=': '<', '<=': '>', '==': '!=', '!=': '==' }

/** An operator between numbers and vectors. */
export function binaryMeaning(node: BinaryNode, context: AnalysisContext): Meaning {
  const [left, right] = [context.meaningOf(node.left), context.meaningOf(node.right)]
  // an object that is spread first is copied in one step
  const common = { ...binaryUnit(node.op, node.bool, left, right), node, of: [left, right] }
  if (node.op === 'and' || node.op === 'or' || node.op === 'unless') return setOf(node, left, right, common, context)
  const values = valuesOf(node, left, right, context)
  if (left.type === 'scalar' && right.type === 'scalar')
    return meaning({ ...common, type: 'scalar', values, series: 1 })

  const filters = !arithmetics.has(node.op) && !node.bool
  const impossible = filters && !hasNumber(values) && !values.nan ? neverTrue(node, left, right) : null
  const always = filters && !canBeFalse(node.op, left.values, right.values)
  if (left.type === 'scalar' || right.type === 'scalar') {
    const vector = left.type === 'scalar' ? right : left
    return meaning({
      ...common,
      labels: filters ? vector.labels : nameless(vector.labels),
      key: filters ? vector.key : namelessKey(vector.key, vector.labels),
      values,
      buckets: vector.buckets,
      absent: joinedAbsence(vector.absent, filters && !always ? ['filtered'] : []),
      never: vector.never ?? impossible,
      series: vector.series,
    })
  }
  const { refined, never } = context.rules.matching(node.matching, left.labels, right.labels)
  const group = node.matching?.group ?? null
  const labels = context.rules.binaryLabels(node, left.labels, right.labels, refined)
  return meaning({
    ...common,
    labels,
    key: pairedKey(node, left, right, labels),
    values,
    absent: joinedAbsence(left.absent, right.absent, ['filtered']),
    never: left.never ?? right.never ?? never ?? impossible,
    series: group === null ? Math.min(left.series, right.series) : group === 'left' ? left.series : right.series,
  })
}

/** Pairs are distinguished by the key of one side: the side with many series, or either one if each series has one partner. */
function pairedKey(node: BinaryNode, left: Meaning, right: Meaning, labels: LabelDomains): readonly string[] | null {
  const group = node.matching?.group ?? null
  const included = node.matching?.include ?? []
  const sides = group === null ? [left, right] : [group === 'left' ? left : right]
  const kept = ({ key }: Meaning) => key?.every((label) => labels.has(label) && !included.includes(label)) === true
  const side = sides.find(kept)
  if (side !== undefined) return side.key
  // Prometheus refuses two pairs with the same labels
  if (group === null) return [...nameless(labels).keys()]
  return sides.every(({ key }) => key !== null) ? [...labels.keys()] : null
}

function valuesOf(node: BinaryNode, left: Meaning, right: Meaning, { rules }: AnalysisContext): Interval {
  if (arithmetics.has(node.op))
    return rules.share(node, left, right, rules.arithmetic(node.op, left.values, right.values))
  if (node.bool) {
    const [yes, no] = [canBeTrue(node.op, left.values, right.values), canBeFalse(node.op, left.values, right.values)]
    return yes && no ? truth : exactly(yes ? 1 : 0)
  }
  return left.type === 'scalar'
    ? rules.compared(turned[node.op] ?? node.op, right.values, left.values)
    : rules.compared(node.op, left.values, right.values)
}

/** The value of an arithmetic operator. */
export function arithmetic(op: Op, left: Interval, right: Interval): Interval {
  switch (op) {
    case '+':
      return sumOf(left, right)
    case '-':
      return sumOf(left, negate(right))
    case '*':
      return product(left, right)
    case '/':
      return quotient(left, right)
    case '%':
      return remainder(left, right)
    case '^':
      return power(left, right)
    default:
      return interval(-Math.PI, Math.PI, { nan: left.nan || right.nan })
  }
}

/** The left values for which a comparison with one of the right values can be true. */
export function compareIntervals(op: Op, left: Interval, right: Interval): Interval {
  if (op === '!=') {
    const [a, b] = [single(left), single(right)]
    return a !== null && a === b ? nothing() : left
  }
  if (!hasNumber(left) || !hasNumber(right)) return nothing()
  if ((op === '>' && left.hi <= right.lo) || (op === '<' && left.lo >= right.hi)) return nothing()
  switch (op) {
    case '>':
    case '>=':
      return within(left, right.lo, Infinity)
    case '<':
    case '<=':
      return within(left, -Infinity, right.hi)
    default:
      return within(left, right.lo, right.hi)
  }
}
const canBeTrue = (op: Op, left: Interval, right: Interval): boolean =>
  op === '!='
    ? !(single(left) !== null && single(left) === single(right))
    : hasNumber(compareIntervals(op, left, right))
function canBeFalse(op: Op, left: Interval, right: Interval): boolean {
  if (op === '!=') return hasNumber(compareIntervals('==', left, right))
  return left.nan || right.nan || canBeTrue(opposite[op] as Op, left, right)
}

function neverTrue(node: BinaryNode, left: Meaning, right: Meaning): string {
  return `${node.op} is never true: the left side is ${describeValues(left.values)}, the right side ${describeValues(right.values)}`
}

/** The label values on which the two sides can match, or why they never do. */
export function matchSides(
  how: Matching | null,
  left: LabelDomains,
  right: LabelDomains,
): { readonly refined: LabelDomains; readonly never: string | null } {
  const refined = new Map<string, Domain>()
  let never: string | null = null
  const refine = (label: string): void => {
    const both = intersection(domainOf(left, label), domainOf(right, label))
    refined.set(label, both)
    if (never === null && isNever(both)) never = noMatch(label, left, right)
  }
  if (how?.word === 'on') for (const label of how.labels) refine(label)
  else {
    const counts = (label: string) => label !== '__name__' && how?.labels.includes(label) !== true
    for (const label of left.keys()) if (counts(label)) refine(label)
    for (const label of right.keys()) if (counts(label) && !refined.has(label)) refine(label)
  }
  return { refined, never }
}
function noMatch(label: string, left: LabelDomains, right: LabelDomains): string {
  if (!right.has(label)) return `no two series match: the left side has the label ${label}, the right side does not`
  if (!left.has(label)) return `no two series match: the right side has the label ${label}, the left side does not`
  const shown = (labels: LabelDomains) => (labels.get(label)?.values ?? []).join(', ')
  return `no two series match: ${label} is ${shown(left)} on the left and ${shown(right)} on the right`
}

/** The labels of a result: those of the side with many series, or those that were matched on. */
export function binaryLabels(
  node: BinaryNode,
  left: LabelDomains,
  right: LabelDomains,
  refined: LabelDomains,
): LabelDomains {
  const { matching: how } = node
  const group = how?.group ?? null
  const [many, one] = group === 'right' ? [right, left] : [left, right]
  const met = withLabels(many, refined)
  const base = arithmetics.has(node.op) || node.bool ? nameless(met) : met
  if (group === null) return how === null ? base : how.word === 'on' ? only(base, how.labels) : except(base, how.labels)
  return withLabels(
    base,
    (how?.include ?? []).map((label) => [label, domainOf(one, label)]),
  )
}

function setOf(
  node: BinaryNode,
  left: Meaning,
  right: Meaning,
  common: Pick<Meaning, 'node'>,
  context: AnalysisContext,
): Meaning {
  const { refined, never } = context.rules.matching(node.matching, left.labels, right.labels)
  if (node.op === 'or') return context.rules.eitherSide(left, right, common)
  if (node.op === 'unless') {
    const gone = right.never !== null || never !== null
    return meaning({
      ...common,
      labels: left.labels,
      key: left.key,
      values: left.values,
      buckets: left.buckets,
      absent: joinedAbsence(left.absent, gone ? [] : ['filtered']),
      never: left.never,
      series: left.series,
    })
  }
  return meaning({
    ...common,
    labels: withLabels(left.labels, refined),
    key: left.key,
    values: left.values,
    buckets: left.buckets,
    absent: joinedAbsence(left.absent, right.absent, ['filtered']),
    never: left.never ?? right.never ?? never,
    series: left.series,
  })
}

/** The series of the left side, and those of the right side that match none of them. */
export function eitherSide(left: Meaning, right: Meaning, common: Pick<Meaning, 'node'>): Meaning {
  if (left.never !== null || right.never !== null) {
    const other = left.never !== null ? right : left
    return meaning({ ...other, ...common, unit: other.unit, toScale: other.toScale })
  }
  const labels = either(left.labels, right.labels)
  return meaning({
    ...common,
    labels,
    // series with the same labels match, whatever they are matched on
    key: wholeKey(labels, left.key, right.key),
    values: hull(left.values, right.values),
    buckets: left.buckets === right.buckets ? left.buckets : null,
    absent: left.absent.length === 0 || right.absent.length === 0 ? [] : joinedAbsence(left.absent, right.absent),
    series: left.series + right.series,
  })
}

import type { CallNode, Matcher, Node, Op, SelectorNode } from '../../definitions/language/node.ts'
import { closedDomain, matchingDomain } from '../meaning/domain.ts'
import { single } from '../meaning/interval.ts'
import type { Meaning } from '../meaning/meaning.ts'
import type { SeriesFamily } from '../meaning/world.ts'
import { quotedSource } from '../promql/string-text.ts'
import type { Span } from '../promql/tokens.ts'
import type { Remark } from './checked-expression.ts'
import type { AnalysedExpression } from './expression.ts'

/** A meaning with a node of one kind. */
export type Of<K extends Node['kind']> = Meaning & { readonly node: Extract<Node, { readonly kind: K }> }
export const is = <K extends Node['kind']>(of: Meaning, kind: K): of is Of<K> => of.node.kind === kind

/** Every part of one kind; collected once for all checks. */
export function parts<K extends Node['kind']>({ all }: AnalysedExpression, kind: K): readonly Of<K>[] {
  let known = byKind.get(all)
  if (known === undefined) {
    known = grouped(all)
    byKind.set(all, known)
  }
  return (known.get(kind) ?? []) as readonly Meaning[] as readonly Of<K>[]
}
const byKind = new WeakMap<readonly Meaning[], ReadonlyMap<Node['kind'], readonly Meaning[]>>()

function grouped(all: readonly Meaning[]): ReadonlyMap<Node['kind'], readonly Meaning[]> {
  const found = new Map<Node['kind'], Meaning[]>()
  for (const of of all) {
    const same = found.get(of.node.kind)
    if (same === undefined) found.set(of.node.kind, [of])
    else same.push(of)
  }
  return found
}

export const calls = (expression: AnalysedExpression, names: ReadonlySet<string>): readonly Of<'call'>[] =>
  parts(expression, 'call').filter(({ node }) => names.has(node.fn))

export const remark = (expression: AnalysedExpression, of: Meaning, message: string, fix = ''): Remark => ({
  ...expression.spanOf(of),
  message,
  fix,
})

/** The argument of a function that is an instant or range vector; of histogram_quantiles and info, which have two, the first. */
export const operand = (of: Meaning): Meaning | undefined =>
  of.of.find(({ type }) => type === 'vector' || type === 'matrix')

/** A comparison that filters, turned so that the series are on the left. */
export interface LimitComparison {
  readonly of: Of<'binary'>
  readonly what: Meaning
  readonly op: Op
  readonly limit: number
  /** The part that gives the limit. */
  readonly number: Meaning
}
const turned: Partial<Record<Op, Op>> = { '>': '<', '<': '>', '>=': '<=', '<=': '>=' }
export const isComparison = (op: Op): boolean => /^([<>]=?|==|!=)$/.test(op)
const isArithmetic = (op: Op): boolean => /^([-+*/%^]|atan2)$/.test(op)
export const isSet = (op: Op): boolean => !isComparison(op) && !isArithmetic(op)

/** Every comparison of series with one number; collected once for all checks. */
export function limitComparisons(expression: AnalysedExpression): readonly LimitComparison[] {
  const known = compared.get(expression.all)
  if (known !== undefined) return known
  const found = parts(expression, 'binary').flatMap((of): readonly LimitComparison[] => {
    const { op, bool } = of.node
    const [left, right] = of.of as readonly [Meaning, Meaning]
    if (!isComparison(op) || bool || left.type === right.type) return []
    const flipped = left.type === 'scalar'
    const [what, number] = flipped ? [right, left] : [left, right]
    const limit = single(number.values)
    return limit === null ? [] : [{ of, what, op: flipped ? (turned[op] ?? op) : op, limit, number }]
  })
  compared.set(expression.all, found)
  return found
}
const compared = new WeakMap<readonly Meaning[], readonly LimitComparison[]>()

/** The families that a selector's name refers to, whatever its other matchers say. */
export function selectorFamilies(expression: AnalysedExpression, node: SelectorNode): readonly SeriesFamily[] {
  const { world, family } = expression
  if (node.name !== '') {
    const named = family(node.name)
    return named === null ? [] : [named]
  }
  const asked = node.matchers.filter(({ label }) => label === '__name__')
  const names = asked.reduce(
    matchingDomain,
    closedDomain(...new Set([...world.families.keys(), ...world.records.keys()])),
  )
  return (names.values ?? []).flatMap((name) => family(name) ?? [])
}

/** Where a matcher is in the text. */
export function matcherSpan(expression: AnalysedExpression, of: Meaning, { label, op }: Matcher): Span {
  const span = expression.spanOf(of)
  const found = new RegExp(`\\b${label}"?\\s*${op}\\s*(${quotedSource})`).exec(
    expression.text.slice(span.from, span.to),
  )
  return found === null ? span : { from: span.from + found.index, to: span.from + found.index + found[0].length }
}

/** Where a word follows a keyword such as `by`, within a part of the text. */
export function wordSpan(expression: AnalysedExpression, of: Meaning, keyword: string, word: string): Span {
  const span = expression.spanOf(of)
  const text = expression.text.slice(span.from, span.to)
  for (const behind of text.matchAll(new RegExp(`\\b${keyword}\\s*\\(([^)]*)\\)`, 'g'))) {
    const inside = new RegExp(`(^|[^\\w])${word}(?!\\w)`).exec(behind[1] as string)
    if (inside === null) continue
    const from = span.from + behind.index + behind[0].indexOf('(') + 1 + inside.index + (inside[1] as string).length
    return { from, to: from + word.length }
  }
  return span
}

/** The series that an expression selects, with their windows. */
export function asksFor(of: Meaning): readonly Of<'selector'>[] {
  const found: Of<'selector'>[] = []
  const visit = (one: Meaning): void => {
    if (is(one, 'selector')) found.push(one)
    for (const under of one.of) visit(under)
  }
  visit(of)
  return found
}

export const isCallOf = (of: Meaning, names: ReadonlySet<string>): of is Meaning & { readonly node: CallNode } =>
  of.node.kind === 'call' && names.has(of.node.fn)

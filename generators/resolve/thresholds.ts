import type { AnyAlert } from '../../definitions/language/alert.ts'
import { targetLabels } from '../../definitions/language/label.ts'
import { type BinaryNode, isNumber, type Node, type SelectorNode, selectors } from '../../definitions/language/node.ts'
import type { AnyPanel, Shown } from '../../definitions/language/panel.ts'
import type { Threshold } from '../model/model.ts'
import { print } from '../promql/print.ts'

/** The limit of an alert in the unit of a panel's first query; null where the panel shows something else. */
export function thresholdOf(alert: AnyAlert, panel: AnyPanel): Threshold | null {
  const [shown] = panel.show
  const comparison = firstComparison(alert.when)
  if (shown === undefined || comparison === null || shown.unit.dim !== alert.unit.dim) return null
  const scale = (alert.unit.num * shown.unit.den) / (alert.unit.den * shown.unit.num)
  const value = Number((numberOf(comparison.right) * scale).toPrecision(12))
  const bad = sideOf(comparison, value)
  if (isGuard(comparison, value)) return null
  if (!asks(alert, comparison.left, shown) && !showsWorst(shown.query, comparison.left, bad)) return null
  return { value, severity: alert.severity, bad, alert: alert.name }
}

/** That a target answers is a condition of other things, and nothing that an alert is about. */
const isGuard = ({ left, op }: BinaryNode, value: number): boolean =>
  op === '==' && value === 1 && left.kind === 'selector' && left.name === 'up'

/** What a panel's query must be, or be the highest or lowest of, so that an alert's limit belongs into it. */
export const shownThings = (query: Node): readonly Node[] => {
  const extreme = extremeOf(query)
  return extreme === null ? [query] : [query, extreme.of]
}

/** What an alert compares, and what that is at one moment. */
export function comparedThings(alert: AnyAlert): readonly Node[] {
  const comparison = firstComparison(alert.when)
  if (comparison === null) return []
  return [comparison.left, momentOf(comparison.left)]
}

/** Whether a query is at one moment what an alert compares, or the highest of it where high is bad, the lowest where low is. */
function showsWorst(query: Node, compared: Node, bad: Threshold['bad']): boolean {
  const extreme = extremeOf(query)
  const of = extreme?.bad === bad ? extreme.of : query
  const alike = bad === 'above' ? [compared, momentOf(compared)] : [compared]
  return alike.some((node) => print(node) === print(of))
}

function extremeOf(query: Node): { readonly of: Node; readonly bad: Threshold['bad'] } | null {
  if (query.kind !== 'aggregate' || (query.op !== 'max' && query.op !== 'min')) return null
  return { of: query.of, bad: query.op === 'max' ? 'above' : 'below' }
}

/** `max_over_time(x[1m])` is at least `x`: where `x` is too high, so is it. */
function momentOf(compared: Node): Node {
  const [of] = compared.kind === 'call' && compared.fn === 'max_over_time' ? compared.args : []
  return of?.kind === 'selector' ? { ...of, range: null } : compared
}

/** Whether a panel's query shows what an alert compares: the same selectors, and a curve for each thing that has an alert. */
function asks(alert: AnyAlert, compared: Node, shown: Shown): boolean {
  const own = (labels: readonly string[]) =>
    labels.filter((label) => !(targetLabels as readonly string[]).includes(label)).join()
  const asked = new Set(selectors(shown.query).map(bare))
  const wanted = selectors(compared).filter((selected) => selected.name !== 'up' || asked.has(bare(selected)))
  return own(alert.labels) === own(shown.labels) && wanted.every((selected) => asked.has(bare(selected)))
}

/** A selector without its window. */
const bare = (of: SelectorNode): string => print({ ...of, range: null, offset: null })

function sideOf(comparison: BinaryNode, value: number): 'above' | 'below' {
  if (comparison.op === '==') return value === 0 ? 'below' : 'above'
  return comparison.op === '>' || comparison.op === '>=' ? 'above' : 'below'
}

/** The comparison with a number that is read first: the one the alert is about. */
function firstComparison(node: Node): BinaryNode | null {
  if (node.kind !== 'binary') return null
  if (node.op === 'and' || node.op === 'or' || node.op === 'unless') return firstComparison(node.left)
  return /^([<>]=?|==)$/.test(node.op) && isNumber(node.right) ? node : null
}

function numberOf(node: Node): number {
  if (node.kind === 'number') return node.value
  if (node.kind === 'unary') return node.op === '-' ? -numberOf(node.of) : numberOf(node.of)
  if (node.kind === 'binary' && node.op === '/') return numberOf(node.left) / numberOf(node.right)
  if (node.kind === 'binary' && node.op === '*') return numberOf(node.left) * numberOf(node.right)
  return Number.NaN
}

import type { AnyAlert } from '../definitions/language/alert.ts'
import { type BinaryNode, type Node, selectors } from '../definitions/language/node.ts'
import type { AnyPanel } from '../definitions/language/panel.ts'
import { isNumber } from './hold.ts'
import type { Threshold } from './model.ts'

/** The limit of an alert in the unit of a panel's first query; null where the panel shows something else. */
export function thresholdOf(alert: AnyAlert, panel: AnyPanel): Threshold | null {
  const [shown] = panel.show
  const comparison = firstComparison(alert.when)
  if (shown === undefined || comparison === null || shown.unit.dim !== alert.unit.dim) return null
  if (!asks(comparison.left, shown.query)) return null
  const scale = (alert.unit.num * shown.unit.den) / (alert.unit.den * shown.unit.num)
  const value = Number((numberOf(comparison.right) * scale).toPrecision(12))
  return { value, severity: alert.severity, bad: sideOf(comparison, value), alert: alert.name }
}

/** What an alert compares with its limit; null where it compares nothing with a number. */
export const compared = (alert: AnyAlert): Node | null => firstComparison(alert.when)?.left ?? null

/** Whether a panel's query shows what an alert compares: the same metrics. */
function asks(compared: Node, shown: Node): boolean {
  const names = new Set(selectors(shown).map((s) => s.name))
  return selectors(compared).every((s) => names.has(s.name))
}

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

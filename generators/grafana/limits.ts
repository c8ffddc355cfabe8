import type { Node } from '../../definitions/language/node.ts'
import type { Threshold } from '../model.ts'
import type { Context, Drawing, Drawn } from './drawing.ts'

/** The limits that a panel's colours follow, in the unit that Grafana reads; states and buckets have none. */
export function limitsOf({ placed, queries, context }: Drawing, drawn: Drawn): readonly Threshold[] {
  const [first] = queries
  if (first === undefined || first.says !== 'value' || drawn.type === 'heatmap') return []
  const isLine = drawn.good === 'transparent'
  return placed.thresholds.map((limit) => {
    const value = limit.value * first.unit.factor
    return { ...limit, value: isLine || startsBand(limit, context) ? value : justAbove(value) }
  })
}

/** Grafana counts the value of a step to the band above it, which is right for `>=`, `<` and for nothing else. */
function startsBand({ alert, bad }: Threshold, { alerts }: Context): boolean {
  const compared = alerts.get(alert)?.of.when
  const op = compared === undefined ? null : comparisonOf(compared)
  return bad === 'above' ? op !== '>' : op === '<' || op === null
}

function comparisonOf(node: Node): string | null {
  if (node.kind !== 'binary') return null
  return node.op === 'and' || node.op === 'or' || node.op === 'unless' ? comparisonOf(node.left) : node.op
}

/** A change that nobody sees and that only an equal value feels. */
const justAbove = (value: number) => (value === 0 ? 1e-9 : Number((value + Math.abs(value) * 1e-9).toPrecision(15)))

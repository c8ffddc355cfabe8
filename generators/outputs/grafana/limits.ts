import type { ShownLimit } from '../../../definitions/language/limit.ts'
import type { Node } from '../../../definitions/language/node.ts'
import type { Threshold } from '../../model/model.ts'
import type { Drawing, PanelBody, PanelContext, PanelQuery } from './drawing.ts'
import type { LimitStep } from './steps.ts'

/** The limits that decide the colours of a query's values, in the unit that Grafana reads; states and buckets have none. */
export function limitsOf(query: PanelQuery, drawing: Drawing, drawn: PanelBody): readonly LimitStep[] {
  const { placed, queries, context } = drawing
  if (query.says !== 'value' || drawn.type === 'heatmap') return []
  const isLine = drawn.good === 'transparent'
  const at = (value: number, starts: boolean) => {
    const read = value * query.unit.factor
    return isLine || starts ? read : justAbove(read)
  }
  // Alerts watch the first query.
  const watched = query === queries[0] ? placed.thresholds : []
  return [
    ...watched.map((limit) => ({ ...limit, value: at(limit.value, startsBand(limit, context)) })),
    ...ownLimits(query, drawing).map(({ bad, value, inclusive, severity }) => ({
      bad,
      severity,
      value: at(value, inclusive || bad === 'below'),
    })),
  ]
}

/** Whether any value of a panel has a limit, so that its colour means something. */
export const isLimited = ({ panel, placed }: Pick<Drawing, 'panel' | 'placed'>): boolean =>
  placed.thresholds.length > 0 || panel.show.some(({ limits }) => limits.length > 0)

/** Whether the values of a query have a limit. */
export const hasLimits = (query: PanelQuery, drawing: Drawing): boolean =>
  ownLimits(query, drawing).length > 0 || (query === drawing.queries[0] && drawing.placed.thresholds.length > 0)

const ownLimits = (query: PanelQuery, { panel, queries }: Drawing): readonly ShownLimit[] =>
  panel.show[queries.indexOf(query)]?.limits ?? []

/** Grafana puts the value of a step into the band above it, which is right only for `>=` and `<`. */
function startsBand({ alert, bad }: Threshold, { alerts }: PanelContext): boolean {
  const compared = alerts.get(alert)?.of.when
  const op = compared === undefined ? null : comparisonOf(compared)
  return bad === 'above' ? op !== '>' : op === '<' || op === null
}

function comparisonOf(node: Node): string | null {
  if (node.kind !== 'binary') return null
  return node.op === 'and' || node.op === 'or' || node.op === 'unless' ? comparisonOf(node.left) : node.op
}

/** A change too small to see, which only matters for an equal value. */
const justAbove = (value: number) => (value === 0 ? 1e-9 : Number((value + Math.abs(value) * 1e-9).toPrecision(15)))

import type { FieldConfig, FieldConfigSource } from '@grafana/grafana-foundation-sdk/dashboard'
import { alertLinks } from './alert-links.ts'
import type { Drawing, Drawn, Override, Query } from './drawing.ts'
import { limitsOf } from './limits.ts'
import { mappingsOf } from './mappings.ts'
import { stepsOf } from './steps.ts'
import { columnOf } from './table.ts'

/** How a panel's values are written and coloured: by the unit, limits and words of what it shows. */
export function fieldConfigOf(drawing: Drawing, drawn: Drawn): FieldConfigSource {
  const { panel, placed, queries } = drawing
  const [first] = queries
  const good = drawn.good ?? 'green'
  const factor = first?.unit.factor ?? 1
  const limits = limitsOf(drawing, drawn)
  const decimals = panel.decimals ?? first?.unit.decimals ?? null
  const defaults: FieldConfig = {
    unit: drawn.type === 'heatmap' ? 'short' : (first?.unit.id ?? 'none'),
    color: drawn.color,
    mappings: mappingsOf(drawing),
    thresholds: stepsOf(limits, good),
    ...(panel.min === null ? {} : { min: panel.min * factor }),
    ...(panel.max === null ? {} : { max: panel.max * factor }),
    ...(decimals === null ? {} : { decimals }),
    ...(panel.emptyMeans === null ? {} : { noValue: panel.emptyMeans }),
    ...(placed.alerts.length === 0 ? {} : { links: alertLinks(drawing) }),
    ...(drawn.custom === undefined ? {} : { custom: drawn.custom }),
  }
  const others = queries.slice(1).flatMap((query) => overrideOf(query, drawing, drawn))
  return {
    defaults,
    overrides: [...(drawn.overrides ?? []), ...others].map(({ matcher, properties }) => ({ matcher, properties })),
  }
}

/** A further query is not what the alerts watch, and may have a unit of its own. */
function overrideOf(query: Query, drawing: Drawing, drawn: Drawn): readonly Override[] {
  const [first] = drawing.queries
  const otherUnit = query.unit.id !== first?.unit.id
  const limited = drawing.placed.thresholds.length > 0 && (otherUnit || drawn.type !== 'timeseries')
  if (!otherUnit && !limited) return []
  const matcher =
    drawn.type === 'table'
      ? { id: 'byName', options: columnOf(query, drawing) }
      : { id: 'byFrameRefID', options: query.refId }
  const unit = otherUnit ? [{ id: 'unit', value: query.unit.id }] : []
  return [
    {
      matcher,
      properties: [...unit, ...(limited ? [{ id: 'thresholds', value: stepsOf([], drawn.good ?? 'green') }] : [])],
    },
  ]
}

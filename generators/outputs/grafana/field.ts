import type { FieldConfig, FieldConfigSource } from '@grafana/grafana-foundation-sdk/dashboard'
import { alertLinks } from './alert-links.ts'
import type { Drawing, Override, PanelBody, PanelQuery } from './drawing.ts'
import { hasLimits, isLimited, limitsOf } from './limits.ts'
import { colourName, mappingsOf } from './mappings.ts'
import { textColor } from './options.ts'
import { thresholdSteps } from './steps.ts'
import { tableFieldOf } from './table.ts'

/** How a panel's values are formatted and coloured: by their unit, limits and value mappings. */
export function fieldConfigOf(drawing: Drawing, drawn: PanelBody): FieldConfigSource {
  const { panel, placed, queries } = drawing
  const [first] = queries
  const good = drawn.good ?? 'green'
  const factor = first?.unit.factor ?? 1
  const inTable = drawn.type === 'table'
  const limits = first === undefined ? [] : limitsOf(first, drawing, drawn)
  const decimals = panel.decimals ?? first?.unit.decimals ?? null
  const defaults: FieldConfig = {
    unit: drawn.type === 'heatmap' ? 'short' : (first?.unit.id ?? 'none'),
    color: drawn.color,
    mappings: mappingsOf(drawing),
    thresholds: thresholdSteps(limits, good),
    ...(panel.min === null ? {} : { min: panel.min * factor }),
    ...(panel.max === null ? {} : { max: panel.max * factor }),
    ...(decimals === null ? {} : { decimals }),
    ...(panel.emptyMeans === null ? {} : { noValue: panel.emptyMeans }),
    ...(placed.alerts.length === 0 || inTable ? {} : { links: alertLinks(drawing) }),
    ...(drawn.custom === undefined ? {} : { custom: drawn.custom }),
  }
  const each = inTable
    ? queries.map((query) => tableFieldOf(query, drawing, thresholdSteps(limitsOf(query, drawing, drawn), good)))
    : queries.slice(1).flatMap((query) => overrideOf(query, drawing, drawn))
  return {
    defaults,
    overrides: [...(drawn.overrides ?? []), ...each, ...coloured(drawing)].map(({ matcher, properties }) => ({
      matcher,
      properties,
    })),
  }
}

/** Alerts watch only the first query; the others may have their own unit and limits. */
function overrideOf(query: PanelQuery, drawing: Drawing, drawn: PanelBody): readonly Override[] {
  const [first] = drawing.queries
  const otherUnit = query.unit.id !== first?.unit.id
  const limited = isLimited(drawing) && (otherUnit || drawn.type !== 'timeseries' || hasLimits(query, drawing))
  const limits = limitsOf(query, drawing, drawn)
  const properties = [
    ...(otherUnit ? [{ id: 'unit', value: query.unit.id }] : []),
    ...(limited ? [{ id: 'thresholds', value: thresholdSteps(limits, drawn.good ?? 'green') }] : []),
    // Green would suggest that the value was judged good.
    ...(limited && limits.length === 0 && drawn.good !== 'transparent' ? [{ id: 'color', value: textColor }] : []),
  ]
  return properties.length === 0 ? [] : [{ matcher: { id: 'byFrameRefID', options: query.refId }, properties }]
}

/** The colours that the panel assigns to curves by a word in their name. */
const coloured = ({ panel }: Drawing): readonly Override[] =>
  Object.entries(panel.colours).map(([name, colour]) => ({
    matcher: { id: 'byRegexp', options: `/(^| )${escaped(name)}( |$)/` },
    properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colourName(colour) } }],
  }))

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')

import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { PanelKind } from '../../../definitions/language/panel.ts'
import type { PlacedPanel } from '../../model/model.ts'
import { barGauge } from './bar-gauge.ts'
import { loki, prometheus } from './datasource.ts'
import { descriptionOf } from './description.ts'
import type { Context, Drawing, Drawn } from './drawing.ts'
import { fieldConfigOf } from './field.ts'
import { gauge } from './gauge.ts'
import { heatmap } from './heatmap.ts'
import { linesOf, logs } from './logs.ts'
import { pie } from './pie.ts'
import { queriesOf, targetOf } from './queries.ts'
import { stat } from './stat.ts'
import { stateTimeline } from './state-timeline.ts'
import { table } from './table.ts'
import { text } from './text.ts'
import { timeseries } from './timeseries.ts'

const kinds: Readonly<Record<PanelKind, (drawing: Drawing) => Drawn>> = {
  timeseries,
  stat,
  gauge,
  barGauge,
  table,
  heatmap,
  stateTimeline,
  pie,
  logs,
  text,
}

/** A panel of a classic dashboard. */
export function panelOf(placed: PlacedPanel, context: Context): Panel {
  const panel = placed.of
  const drawing: Drawing = { panel, placed, context, queries: queriesOf(panel, context) }
  const drawn = kinds[panel.draws](drawing)
  const description = descriptionOf(drawing)
  return {
    id: placed.id,
    type: drawn.type,
    title: panel.title,
    gridPos: { x: placed.x, y: placed.y, w: placed.width, h: placed.height },
    options: drawn.options,
    ...(description === '' ? {} : { description }),
    ...asked(drawing, drawn),
    ...(drawn.transformations === undefined ? {} : { transformations: [...drawn.transformations] }),
  }
}

function asked(drawing: Drawing, drawn: Drawn): Partial<Panel> {
  if (drawn.type === 'text') return {}
  // The SDK's targets have a method that only marks their type; only the data is written.
  const targets = (drawn.type === 'logs'
    ? [linesOf(drawing)]
    : drawing.queries.map((query) => targetOf(query, drawn.asks))) as unknown as NonNullable<Panel['targets']>
  return {
    datasource: drawn.type === 'logs' ? loki : prometheus,
    targets,
    fieldConfig: fieldConfigOf(drawing, drawn),
  }
}

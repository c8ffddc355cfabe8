import type { DataSourceRef, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { PanelKind } from '../../../definitions/language/panel.ts'
import type { PlacedPanel } from '../../model/model.ts'
import { barGaugePanel } from './bar-gauge.ts'
import { logsDatasource, mixedDatasource, prometheusDatasource } from './datasource.ts'
import { descriptionOf } from './description.ts'
import type { Drawing, PanelBody, PanelContext } from './drawing.ts'
import { fieldConfigOf } from './field.ts'
import { withFigureRows } from './figure-rows.ts'
import { gaugePanel } from './gauge.ts'
import { heatmapPanel } from './heatmap.ts'
import { linesQuery, logsPanel } from './logs.ts'
import { piePanel } from './pie.ts'
import { panelQueries, targetOf } from './queries.ts'
import { statPanel } from './stat.ts'
import { stateTimelinePanel } from './state-timeline.ts'
import { tablePanel } from './table.ts'
import { textPanel } from './text.ts'
import { timeseriesPanel } from './timeseries.ts'

const kinds: Readonly<Record<PanelKind, (drawing: Drawing) => PanelBody>> = {
  timeseries: timeseriesPanel,
  stat: statPanel,
  gauge: gaugePanel,
  barGauge: barGaugePanel,
  table: tablePanel,
  heatmap: heatmapPanel,
  stateTimeline: stateTimelinePanel,
  pie: piePanel,
  logs: logsPanel,
  text: textPanel,
}

/** A panel of a classic dashboard. */
export function panelOf(placed: PlacedPanel, context: PanelContext): Panel {
  const panel = placed.of
  const drawing: Drawing = { panel, placed, context, queries: panelQueries(panel, context) }
  const drawn = withFigureRows(kinds[panel.draws](drawing), drawing)
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

function asked(drawing: Drawing, drawn: PanelBody): Partial<Panel> {
  if (drawn.type === 'text') return {}
  // The SDK's targets have a method that only marks their type; only the data is written.
  const { lines } = drawing.panel
  const targets = (lines !== null
    ? [linesQuery(lines, drawing.panel, drawing.context)]
    : drawing.queries.map((query) => targetOf(query, drawn.asks))) as unknown as NonNullable<Panel['targets']>
  return {
    datasource: datasourceOf(drawing),
    targets,
    fieldConfig: fieldConfigOf(drawing, drawn),
  }
}

function datasourceOf({ panel }: Drawing): DataSourceRef {
  if (panel.figures.length > 0 && panel.show.length > 0) return mixedDatasource
  return panel.lines !== null || panel.figures.length > 0 ? logsDatasource : prometheusDatasource
}

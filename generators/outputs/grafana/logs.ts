import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/logs'
import type { LineFilter } from '../../../definitions/language/log-query.ts'
import type { AnyPanel, ShownFigure } from '../../../definitions/language/panel.ts'
import { type LineScope, printFigure, printLines } from '../../logsql/print.ts'
import { logsDatasource } from './datasource.ts'
import type { PanelBody, PanelContext, PanelQuery } from './drawing.ts'
import { narrowLines } from './narrow-lines.ts'
import { curves, textColor } from './options.ts'
import { shapeOf } from './unit.ts'

/** Log lines, newest first. */
export const logsPanel = (): PanelBody => ({
  type: 'logs',
  color: textColor,
  asks: curves,
  options: {
    ...defaultOptions(),
    showTime: true,
    wrapLogMessage: true,
    prettifyLogMessage: false,
    enableLogDetails: true,
  } satisfies Options,
})

/** The query types of the data source's plugin, version 0.30. */
type LinesQueryType = 'instant' | 'stats' | 'statsRange'

/** A query of the plugin, as its sources declare it. */
export interface LinesQuery {
  readonly refId: string
  readonly datasource: typeof logsDatasource
  readonly editorMode: 'code'
  readonly queryType: LinesQueryType
  readonly expr: string
  readonly legendFormat?: string
  /** The distance of two figures: each is over the lines of one step, so it is the figure's window. */
  readonly step?: string
  readonly maxLines?: number
}

/** The most lines that a panel asks for, unless it says otherwise. */
const usualLines = 500

/** The one query of a logs panel. */
export const linesQuery = (filter: LineFilter, { newest }: AnyPanel, { model, choices }: PanelContext): LinesQuery => ({
  refId: 'A',
  datasource: logsDatasource,
  editorMode: 'code',
  queryType: 'instant',
  expr: printLines(narrowLines(filter, choices), scopeOf(model.bot.name)),
  maxLines: newest ?? usualLines,
})

/** A figure as a query of a panel. */
export function figureQuery(
  { name, figure, unit }: ShownFigure,
  refId: string,
  panel: AnyPanel,
  { model, choices }: PanelContext,
): PanelQuery {
  const labels = figure.by
  return {
    refId,
    name,
    expr: printFigure({ ...figure, filter: narrowLines(figure.filter, choices) }, scopeOf(model.bot.name)),
    unit: shapeOf(unit, panel.abbreviated),
    labels,
    legend: [name || (labels.length === 0 ? panel.title : ''), ...labels.map((label) => `{{${label}}}`)]
      .join(' ')
      .trim(),
    interval: null,
    says: 'value',
    window: figure.window,
  }
}

/** A figure as a target: over the last window, or over each window of the range. */
export const figureTarget = ({ refId, expr, legend }: PanelQuery, window: string, instant: boolean): LinesQuery => ({
  refId,
  datasource: logsDatasource,
  editorMode: 'code',
  ...(instant
    ? { queryType: 'stats', expr: `_time:${window} ${expr}` }
    : { queryType: 'statsRange', expr, step: window }),
  legendFormat: legend,
})

const scopeOf = (bot: string): LineScope => ({ bot, env: '$env' })

import type { Drawing, Override, PanelBody, PanelQuery } from './drawing.ts'
import { lastValue } from './options.ts'

/** At most so many values are shown; Grafana's own limit is 25, and it leaves out the others in silence. */
const mostRows = 50

/**
 * Shows figures over lines in panels of single values: the data source's plugin answers them with a table, a row for
 * each series, without its name. By default such a panel shows the last row only.
 */
export function withFigureRows(drawn: PanelBody, { panel, queries }: Drawing): PanelBody {
  if (panel.figures.length === 0 || !drawn.asks.instant || drawn.type === 'table') return drawn
  const figures = queries.filter(({ window }) => window !== null)
  return {
    ...drawn,
    options: { ...drawn.options, reduceOptions: { ...lastValue, values: true, limit: mostRows } },
    overrides: [...(drawn.overrides ?? []), ...figures.map(named)],
  }
}

/** The legend of a figure as the name of each of its rows. */
const named = ({ refId, legend }: PanelQuery): Override => ({
  matcher: { id: 'byFrameRefID', options: refId },
  properties: [
    { id: 'displayName', value: legend.replace(/\{\{(\w+)\}\}/g, (_, label: string) => `$\{__data.fields.${label}}`) },
  ],
})

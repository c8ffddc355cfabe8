import { type Dataquery, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus'
import { milliseconds } from '../../../definitions/language/duration.ts'
import { binary, number, selectors } from '../../../definitions/language/node.ts'
import type { AnyPanel, ShownQuery } from '../../../definitions/language/panel.ts'
import { print } from '../../promql/print.ts'
import { withParsedText } from '../../promql/with-parsed-text.ts'
import { prometheusDatasource } from './datasource.ts'
import type { PanelBody, PanelContext, PanelQuery } from './drawing.ts'
import { distinguishingLabels, legendOf } from './legend.ts'
import { figureQuery, figureTarget, type LinesQuery } from './logs.ts'
import { narrow } from './narrow.ts'
import { jobOf, slowerThanBot } from './sources.ts'
import { shapeOf } from './unit.ts'

/** A panel's queries, narrowed by the dashboard's variables, in units that Grafana knows. */
export const panelQueries = (panel: AnyPanel, context: PanelContext): readonly PanelQuery[] => [
  ...metricQueries(panel, context),
  ...panel.figures.map((shown, i) => figureQuery(shown, refId(panel.show.length + i), panel, context)),
]

const metricQueries = (panel: AnyPanel, context: PanelContext): readonly PanelQuery[] =>
  panel.show.map((given, i) => {
    const shown = { ...given, query: withParsedText(given.query) }
    const labels = distinguishingLabels(shown, context.severalInstances)
    const unit = shapeOf(shown.unit, panel.abbreviated)
    const query = narrow(shown.query, context.choices)
    return {
      refId: refId(i),
      name: shown.name,
      expr: print(unit.factor === 1 ? query : binary('*', query, number(unit.factor))),
      unit,
      labels,
      legend: legendOf(shown, labels, panel.title),
      interval: intervalOf(shown, context),
      says: saysOf(shown, labels, context),
      window: null,
    }
  })

/** A query as a target of a classic panel. */
export const targetOf = (
  query: PanelQuery,
  { instant, format }: PanelBody['asks'],
): Omit<Dataquery, '_implementsDataqueryVariant'> | LinesQuery =>
  query.window === null
    ? {
        refId: query.refId,
        datasource: prometheusDatasource,
        editorMode: QueryEditorMode.Code,
        expr: query.expr,
        format,
        instant,
        range: !instant,
        legendFormat: query.legend,
        ...(query.interval === null || instant ? {} : { interval: query.interval }),
      }
    : figureTarget(query, query.window, instant)

/** A, B, …, Z, AA, AB, … */
function refId(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : refId(Math.floor(index / 26) - 1) + letter
}

/** The longest scrape interval among a query's series. */
function intervalOf({ query }: ShownQuery, { model, choices }: PanelContext): string | null {
  const slower = selectors(query)
    .map((of) => slowerThanBot(model, jobOf(of, choices) ?? model.bot.name))
    .filter((interval) => interval !== null)
  return slower.sort((a, b) => (milliseconds(b) ?? 0) - (milliseconds(a) ?? 0))[0] ?? null
}

/** The information of a state set or an info is in its labels, as long as the result has them. */
function saysOf({ query }: ShownQuery, labels: readonly string[], { choices }: PanelContext): PanelQuery['says'] {
  const asked = selectors(query)
  const says = new Set(asked.map(({ name }) => choices.sources.get(name)?.says ?? 'value'))
  if (says.size !== 1) return 'value'
  if (says.has('state')) return asked.every(({ name }) => labels.includes(name)) ? 'state' : 'value'
  return says.has('info') ? 'info' : 'value'
}

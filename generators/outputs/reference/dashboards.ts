import type { AnyPanel, PanelKind, ShownQuery } from '../../../definitions/language/panel.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { AlertRule, Board, Model, PlacedPanel } from '../../model/model.ts'
import { panelPath } from '../../model/panel-index.ts'
import { print } from '../../promql/print.ts'
import { countText } from '../../text/count-text.ts'
import { lineFigureText } from '../../text/lines.ts'
import { listText } from '../../text/list-text.ts'
import { code, heading, markdownTable, page, prose } from '../../text/markdown.ts'
import { quantityText } from '../../text/quantity.ts'
import { unitName } from '../../text/unit-name.ts'
import { toGlossary } from './glossary.ts'
import { toBoard, toRunbook } from './links.ts'

/** docs/dashboards.md: every dashboard with its panels, what each shows and which alerts lead to it. */
export function dashboardsPage(model: Model): string {
  const { bot, dashboards } = model
  const alerts = new Map(model.alerts.map((alert) => [alert.name, alert]))
  const free = freeLabelsOf(bot)
  return page([
    heading(1, `Dashboards of ${prose(bot.title)}`),
    `${countText(dashboards.length, 'dashboard')} with ${countText(dashboards.flatMap(panelsOf).length, 'panel')}. Queries are shown as they were written; each dashboard narrows them to the environment, ${[...free, 'instance'].map((label) => `the ${label}`).join(', ')} and any other variable chosen at its top.`,
    ...toGlossary(model),
    markdownTable(
      ['Dashboard', 'Path in Grafana', 'Panels', 'What it is for'],
      dashboards.map((board) => [
        toBoard(board),
        code(`/d/${board.uid}`),
        String(panelsOf(board).length),
        prose(board.description),
      ]),
    ),
    ...dashboards.flatMap((board) => described(board, alerts, free)),
  ])
}

const panelsOf = (board: Board) => board.rows.flatMap((row) => row.panels)

function described(board: Board, alerts: ReadonlyMap<string, AlertRule>, free: readonly string[]): readonly string[] {
  const chosen = board.variables.map(({ name, of }) => `${prose(of.title)} (${code(name)})`)
  return [
    heading(2, prose(board.title)),
    prose(board.description),
    chosen.length === 0
      ? ''
      : `Variables, in addition to ${listText(['environment', ...free, 'instance'])}: ${chosen.join(', ')}.`,
    ...board.rows.flatMap((row) => [
      row.title === '' ? '' : heading(3, prose(row.title)),
      markdownTable(
        ['Panel', 'Drawn as', 'Unit', 'Shows', 'Alerts', 'Notes'],
        row.panels.map((panel) => [
          `${prose(panel.of.title)} (${code(panelPath({ board, panel }))})`,
          drawn[panel.of.draws],
          [...new Set([...panel.of.show, ...panel.of.figures].map(({ unit }) => unitName(unit)))]
            .filter((name) => name !== '')
            .join(', '),
          shownBy(panel.of),
          alertsOf(panel, alerts),
          notesOf(panel.of),
        ]),
      ),
    ]),
  ]
}

const drawn: Readonly<Record<PanelKind, string>> = {
  timeseries: 'time series',
  stat: 'stat',
  gauge: 'gauge',
  barGauge: 'bar gauge',
  table: 'table',
  heatmap: 'heatmap',
  stateTimeline: 'state timeline',
  pie: 'pie chart',
  logs: 'logs',
  text: 'text',
}

function shownBy(panel: AnyPanel): string {
  const queries = panel.show.map((shown) => (shown.name === '' ? '' : `${prose(shown.name)}: `) + queryOf(shown))
  const figures = panel.figures.map(
    ({ name, figure }) => (name === '' ? '' : `${prose(name)}: `) + lineFigureText(figure),
  )
  return [...queries, ...figures, ...(panel.lines?.events ?? []).map((event) => code(event.name))].join('<br>')
}
const queryOf = (shown: ShownQuery) => code(print(shown.query))

/** The alerts whose runbooks look at the panel, with the threshold that it draws. */
function alertsOf({ alerts, thresholds, of }: PlacedPanel, known: ReadonlyMap<string, AlertRule>): string {
  return alerts
    .map((name) => {
      const alert = known.get(name)
      const drawn = thresholds.find((threshold) => threshold.alert === name)
      const unit = [...of.show, ...of.figures][0]?.unit
      const at = drawn === undefined || unit === undefined ? '' : `, line at ${quantityText(drawn.value, unit)}`
      return `${alert === undefined ? code(name) : toRunbook(alert)}${at}`
    })
    .join('<br>')
}

function notesOf({ description, emptyMeans, deviates }: AnyPanel): string {
  return [
    description === '' ? '' : prose(description),
    emptyMeans === null ? '' : `Empty: ${prose(emptyMeans)}.`,
    deviates === null ? '' : `The bot's document: “${prose(deviates.said)}”. ${prose(deviates.because)}`,
  ]
    .filter((note) => note !== '')
    .join(' ')
}

import type { Deviation } from '../../../definitions/language/deviation.ts'
import type { Model } from '../../model/model.ts'
import { shownPanels } from '../../model/panel-index.ts'
import { countText } from '../../text/count-text.ts'
import { code, heading, markdownTable, page, prose } from '../../text/markdown.ts'
import { toMetric, toPanel, toRunbook } from './links.ts'

/** docs/deviations.md: where the definitions differ from the document that they follow, and why. */
export function deviationsPage(model: Model): string {
  const { bot } = model
  const groups = groupsOf(model).map((group) => ({ ...group, rows: merged(group.rows) }))
  const filled = groups.filter(({ rows }) => rows.length > 0)
  return page([
    heading(1, `How ${prose(bot.title)} differs from its document`),
    filled.length === 0
      ? 'It does not differ.'
      : `${countText(
          filled.reduce((sum, { rows }) => sum + rows.length, 0),
          'difference',
        )}. Names, thresholds and intent are kept; what could not work as written is corrected.`,
    ...filled.flatMap(({ title, rows }) => [heading(2, title), tableOf(rows)]),
  ])
}

interface Row {
  readonly where: string
  readonly deviation: Deviation
}

function groupsOf(model: Model): readonly { readonly title: string; readonly rows: readonly Row[] }[] {
  const { bot, alerts } = model
  const rows = (found: readonly (readonly [string, Deviation | null | undefined])[]): readonly Row[] =>
    found.flatMap(([where, deviation]) => (deviation == null ? [] : [{ where, deviation }]))
  return [
    { title: 'In general', rows: rows(bot.deviations.map((deviation) => ['', deviation])) },
    { title: 'Metrics', rows: rows(Object.values(bot.metrics).map((metric) => [toMetric(metric), metric.deviates])) },
    { title: 'Alerts', rows: rows(alerts.map((alert) => [toRunbook(alert), alert.of.deviates])) },
    { title: 'Runbooks', rows: rows(alerts.map((alert) => [toRunbook(alert), alert.of.runbook.deviates])) },
    { title: 'Panels', rows: rows(shownPanels(model).map((shown) => [toPanel(shown), shown.panel.of.deviates])) },
    { title: 'Log events', rows: rows(Object.values(bot.events).map((event) => [code(event.name), event.deviates])) },
  ]
}

interface Merged {
  readonly where: readonly string[]
  readonly deviation: Deviation
}

/** Differences that concern nothing in particular need no column that says where. */
function tableOf(rows: readonly Merged[]): string {
  const named = rows.some(({ where }) => where.join('') !== '')
  return markdownTable(
    [...(named ? ['Where'] : []), 'The document says', 'What is different, and why'],
    rows.map(({ where, deviation }) => [
      ...(named ? [where.join(', ')] : []),
      prose(deviation.said),
      prose(deviation.because),
    ]),
  )
}

/** One row for deviations of several definitions that have the same words. */
function merged(rows: readonly Row[]): readonly Merged[] {
  const found = new Map<string, { readonly where: string[]; readonly deviation: Deviation }>()
  for (const { where, deviation } of rows) {
    const key = JSON.stringify([deviation.said, deviation.because])
    const known = found.get(key)
    if (known === undefined) found.set(key, { where: [where], deviation })
    else known.where.push(where)
  }
  return [...found.values()]
}

import { severities } from '../../../definitions/language/severity.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { capitalize } from '../../text/capitalize.ts'
import { conditionText } from '../../text/condition.ts'
import { countText } from '../../text/count-text.ts'
import { durationWords, every } from '../../text/duration-words.ts'
import { listText } from '../../text/list-text.ts'
import { code, heading, markdownTable, page, prose } from '../../text/markdown.ts'
import { toRunbook } from './links.ts'

/** docs/alerts.md: every alert by severity, with its condition and when it notifies. */
export function alertsPage({ alerts, bot }: Model): string {
  const groups = severities
    .map((severity) => ({ severity, alerts: alerts.filter((alert) => alert.severity === severity) }))
    .filter((group) => group.alerts.length > 0)
  return page([
    heading(1, `Alerts of ${prose(bot.title)}`),
    groups.length === 0
      ? 'This bot has no alerts.'
      : `${countText(alerts.length, 'alert')}: ${listText(groups.map((group) => `${group.alerts.length} ${group.severity}`))}. Each name leads to its runbook.`,
    ...groups.flatMap((group) => [
      heading(2, capitalize(group.severity)),
      markdownTable(
        ['Alert', 'Fires when', 'For', 'At most one message every', 'Repeated', 'Muted by'],
        group.alerts.map(row),
      ),
    ]),
  ])
}

function row(alert: AlertRule): readonly string[] {
  const { words, each } = conditionText(alert.of)
  return [
    toRunbook(alert),
    each.length === 0 ? words : `for each ${listText(each.map(code))}: ${words}`,
    alert.hold === null ? '' : durationWords(alert.hold),
    durationWords(alert.cooldown),
    every(alert.remindEvery),
    alert.mutedBy.map(code).join(', '),
  ]
}

import type { AnyPanel } from '../../../definitions/language/panel.ts'
import { severities } from '../../../definitions/language/severity.ts'
import { type Latency, latencies } from '../../latency/latency.ts'
import { heldBack } from '../../model/held-back.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { panelIndex } from '../../model/panel-index.ts'
import { groupWait } from '../../stack/alert-timing.ts'
import { lineLateness } from '../../stack/logs.ts'
import { deliversMessages } from '../../stack/relay.ts'
import { capitalize } from '../../text/capitalize.ts'
import { conditionText } from '../../text/condition.ts'
import { countText } from '../../text/count-text.ts'
import { durationWords, every } from '../../text/duration-words.ts'
import { latencyText } from '../../text/latency.ts'
import { listText } from '../../text/list-text.ts'
import { code, heading, markdownTable, page, prose } from '../../text/markdown.ts'
import { firstStepText } from '../../text/step.ts'
import { toGlossary } from './glossary.ts'
import { toRunbook } from './links.ts'

/** docs/alerts.md: every alert by severity, with its condition and when it notifies. */
export function alertsPage(model: Model): string {
  const { alerts, bot } = model
  const latency = latencies(model)
  const places = panelIndex(model)
  const boardOf = (panel: AnyPanel) => places.get(panel)?.board.title ?? null
  const groups = severities
    .map((severity) => ({ severity, alerts: alerts.filter((alert) => alert.severity === severity) }))
    .filter((group) => group.alerts.length > 0)
  return page([
    heading(1, `Alerts of ${prose(bot.title)}`),
    groups.length === 0
      ? 'This bot has no alerts.'
      : `${countText(alerts.length, 'alert')}: ${listText(groups.map((group) => `${group.alerts.length} ${group.severity}`))}. Each name leads to its runbook, with all steps.`,
    ...toGlossary(model),
    ...(alerts.length === 0 ? [] : [notifiedText(model)]),
    ...quietText(model),
    ...eventText(model),
    ...warmUpText(model),
    ...groups.flatMap((group) => [
      heading(2, capitalize(group.severity)),
      markdownTable(
        [
          'Alert',
          'Do first',
          'Fires when',
          'For',
          'Notified after',
          'At most one message every',
          'Repeated',
          'Muted by',
        ],
        group.alerts.map((alert) => row(alert, latency(alert), firstStepText(alert.of.runbook, { boardOf }))),
      ),
    ]),
  ])
}

/** What the times of the column depend on. */
function notifiedText(model: Model): string {
  const { bot } = model
  const { scrape, evaluate } = bot.stack
  const [own, others, timeout, evaluated] = [scrape.bot, scrape.exporters, scrape.timeout, evaluate].map(durationWords)
  const scraped =
    own === others ? `scrape every ${own}` : `scrape of the bot every ${own} and of exporters every ${others}`
  return `“Notified after” is the least and the most time from a fault to its first message: what the condition asks for (an age, a window, a deadline), the hold, a ${scraped} (a target that does not answer is given up after ${timeout}), an evaluation every ${evaluated}, and ${countText(groupWait, 'second')} in Alertmanager. The delivery itself comes on top, and an alert that was reported before, for the same or another symbol, waits for its cooldown. A count begins with the event that reaches it; a share or a quantile of a window may need the whole window. Each metric’s own deadline counts from the start of the bot, or from the end of its warm-up.${linesText(model)}`
}

/** What alerts on lines of the log need in addition; nothing for a bot without them. */
const linesText = ({ alerts }: Model): string =>
  alerts.some(({ of }) => of.lines !== null)
    ? ` For an alert on lines of the log, no scrape counts but the way of a line: up to ${countText(lineLateness, 'second')} from its writing, over the agent, until the store can be asked for it. vmalert evaluates as often as Prometheus; its own delay, usually 30 seconds, is set to 0.`
    : ''

/** What is sent even during an announced maintenance; nothing for a bot that cannot announce one. */
function quietText({ bot, alerts }: Model): readonly string[] {
  const loud = alerts.filter(({ of }) => of.breaksQuiet)
  if (!deliversMessages(bot) || loud.length === 0) return []
  return [
    `An announced maintenance (${code('botwatch quiet')}) holds back all of them except ${listText(loud.map(({ name }) => code(name)))}.`,
  ]
}

/** What is never resolved; nothing for a bot without alerts on events. */
function eventText({ alerts }: Model): readonly string[] {
  const events = alerts.filter(({ of }) => of.event).map(({ name }) => code(name))
  if (events.length === 0) return []
  return [
    events.length === 1
      ? `${listText(events)} reports an event, which has no end: RESOLVED is never sent for it.`
      : `${listText(events)} report events, which have no end: RESOLVED is never sent for them.`,
  ]
}

/** What is held back while the bot warms up. */
function warmUpText(model: Model): readonly string[] {
  const held = heldBack(model)
  return model.alerts
    .filter(({ of }) => of.of === 'quiet')
    .map(
      ({ name }) =>
        `While the bot warms up, ${code(name)} fires, is sent to nobody, and holds back ${listText(held.map((alert) => code(alert.name)))}.`,
    )
}

function row(alert: AlertRule, latency: Latency | null, first: string): readonly string[] {
  const { words, each } = conditionText(alert.of)
  return [
    toRunbook(alert),
    prose(first),
    each.length === 0 ? words : `for each ${listText(each.map(code))}: ${words}`,
    alert.hold === null ? '' : durationWords(alert.hold),
    latency === null ? '' : latencyText(latency),
    durationWords(alert.cooldown),
    every(alert.remindEvery),
    alert.mutedBy.map(code).join(', '),
  ]
}

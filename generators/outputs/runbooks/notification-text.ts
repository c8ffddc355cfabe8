import { targetLabels } from '../../../definitions/language/label.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { muteScope } from '../../model/mute-scope.ts'
import { channelsOf } from '../../stack/secrets.ts'
import { durationWords, every } from '../../text/duration-words.ts'
import { listText } from '../../text/list-text.ts'
import { code, link } from '../../text/markdown.ts'
import type { Facts } from './facts.ts'
import { runbookWords } from './runbook-words.ts'

/** How an alert notifies people, one sentence each: over which channels, how often, until when, and what mutes it. */
export function notificationText(facts: Facts, alert: AlertRule): readonly string[] {
  const repeated = every(alert.remindEvery)
  if (alert.of.of === 'watchdog')
    return [facts.model.bot.stack.deadMansSwitch ? runbookWords.watched(repeated) : runbookWords.unwatched]
  if (alert.of.of === 'quiet')
    return [runbookWords.quiet(facts.heldBack.size), runbookWords.stillSent(listText(stillSent(facts).map(linked)))]
  return [
    who(facts.model, alert),
    cooldown(facts, alert),
    runbookWords.reminder(repeated),
    ...ending(alert),
    ...mutedBy(facts, alert),
    ...mutes(facts, alert),
  ]
}

function cooldown(facts: Facts, alert: AlertRule): string {
  const most = runbookWords.cooldown(runbookWords.scope(apart(facts, alert)), every(alert.cooldown))
  const more = further(facts, alert)
  if (!alert.of.event) return `${most} ${runbookWords.delayed(more)}`
  return more === '' ? most : `${most} ${runbookWords.eventDelayed(more)}`
}

function ending({ of, keepFiringFor }: AlertRule): readonly string[] {
  const kept = keepFiringFor === null ? null : durationWords(keepFiringFor)
  if (of.event) return [runbookWords.neverResolved, ...(kept === null ? [] : [runbookWords.keepsFiringForEvent(kept)])]
  return [kept === null ? runbookWords.stopsAtOnce : runbookWords.keepsFiring(kept)]
}

/** The labels that distinguish the targets of an environment, as far as the alert has them. */
const apart = ({ model }: Facts, { labels }: AlertRule): readonly string[] =>
  [...freeLabelsOf(model.bot), 'instance'].filter((label) => labels.includes(label))

function who({ bot }: Model, { of, severity }: AlertRule): string {
  const isForAll = of.of === 'posted' || of.direct || of.everywhere
  const ways = Object.entries(bot.environments).map(([env, { tell }]) => {
    const channels = (isForAll ? channelsOf(bot, env) : tell[severity]).map((channel) => runbookWords.channel[channel])
    return runbookWords.toldBy(code(env), channels.length === 0 ? runbookWords.nobody : listText(channels))
  })
  return runbookWords.who(ways.join('; '))
}

/** One message covers all series of an alert, environment and instance, so a new series waits for the next message. */
function further({ model }: Facts, { labels }: AlertRule): string {
  const grouped = [...targetLabels, ...freeLabelsOf(model.bot)]
  const own = labels.filter((label) => !grouped.includes(label))
  if (own.length === 0) return ''
  return own.length === 1 ? runbookWords.further(code(own[0] as string)) : runbookWords.furtherSeries
}

/** One sentence for all alerts that are muted in the same scope. */
function mutedBy(facts: Facts, alert: AlertRule): readonly string[] {
  const quiets = facts.heldBack.has(alert.name) ? facts.quiets : []
  const causes = [...alert.mutedBy.flatMap((name) => facts.alerts.get(name) ?? []), ...quiets]
  if (causes.length === 0) {
    const all = facts.posted.filter(({ name }) => name !== alert.name)
    return [all.length === 0 ? runbookWords.neverMuted : runbookWords.onlyMutedBy(listText(all.map(linked), 'or'))]
  }
  return byScope(alert, causes).map(([scope, found]) => runbookWords.mutedBy(listText(found.map(linked), 'or'), scope))
}

/** What is sent even while the bot warms up. */
const stillSent = ({ model, heldBack }: Facts): readonly AlertRule[] =>
  model.alerts.filter(({ name, of }) => !heldBack.has(name) && of.of !== 'watchdog' && of.of !== 'quiet')

function mutes(facts: Facts, alert: AlertRule): readonly string[] {
  const silent = facts.mutes.get(alert.name) ?? []
  return byScope(alert, silent).map(([scope, found]) =>
    runbookWords.mutes(
      found.length > mostNamed ? runbookWords.others(found.length) : listText(found.map(linked)),
      scope,
    ),
  )
}

/** A root cause mutes almost everything: above this many, their number says more than their names. */
const mostNamed = 6

/** The narrowest scope first. */
function byScope(alert: AlertRule, others: readonly AlertRule[]): readonly (readonly [string, readonly AlertRule[]])[] {
  const scopes = new Map<string, { readonly width: number; readonly found: AlertRule[] }>()
  for (const other of others) {
    const shared = muteScope(alert, other)
    const scope = runbookWords.scope(shared)
    const known = scopes.get(scope)
    if (known === undefined) scopes.set(scope, { width: shared.length, found: [other] })
    else known.found.push(other)
  }
  return [...scopes].sort(([, a], [, b]) => b.width - a.width).map(([scope, { found }]) => [scope, found] as const)
}

const linked = ({ name }: AlertRule) => link(code(name), `${name}.md`)

import { code, link, listed } from '../markdown.ts'
import type { AlertRule, Model } from '../model.ts'
import { durationWords, every } from '../text/duration-words.ts'
import type { Facts } from './facts.ts'
import { words } from './words.ts'

/** How people hear of an alert, one sentence each: who, how often, until when, and what keeps it silent. */
export function telling(facts: Facts, alert: AlertRule): readonly string[] {
  const repeated = every(alert.remindEvery)
  if (alert.of.of === 'watchdog')
    return [facts.model.bot.stack.deadMansSwitch ? words.watched(repeated) : words.unwatched]
  return [
    who(facts.model, alert),
    words.cooldown(words.scope(hasInstance(alert)), durationWords(alert.cooldown), further(alert)),
    words.reminder(repeated),
    alert.keepFiringFor === null ? words.stopsAtOnce : words.keepsFiring(durationWords(alert.keepFiringFor)),
    ...mutedBy(facts, alert),
    ...mutes(facts, alert),
  ]
}

const hasInstance = ({ labels }: AlertRule) => labels.includes('instance')

function who({ bot }: Model, { severity }: AlertRule): string {
  const ways = Object.entries(bot.environments).map(([env, { tell }]) => {
    const channels = tell[severity].map((channel) => words.channel[channel])
    return words.toldBy(code(env), channels.length === 0 ? words.nobody : listed(channels))
  })
  return words.who(ways.join('; '))
}

/** A message is of all series of one alert, environment and instance, so a new one waits for the next. */
function further({ labels }: AlertRule): string {
  const own = labels.filter((label) => !['bot', 'env', 'instance', 'job'].includes(label))
  if (own.length === 0) return ''
  return own.length === 1 ? words.further(code(own[0] as string)) : words.furtherSeries
}

/** Alerts whose silence reaches equally far, told in one sentence. */
function mutedBy(facts: Facts, alert: AlertRule): readonly string[] {
  const causes = alert.mutedBy.flatMap((name) => facts.alerts.get(name) ?? [])
  if (causes.length === 0) return [words.neverMuted]
  return byScope(alert, causes).map(([scope, found]) => words.mutedBy(listed(found.map(linked), 'or'), scope))
}

function mutes(facts: Facts, alert: AlertRule): readonly string[] {
  const silent = facts.mutes.get(alert.name) ?? []
  return byScope(alert, silent).map(([scope, found]) =>
    words.mutes(found.length > mostNamed ? words.others(found.length) : listed(found.map(linked), 'or'), scope),
  )
}

/** A root cause mutes almost everything: from so many on their number says more than their names. */
const mostNamed = 6

function byScope(alert: AlertRule, others: readonly AlertRule[]): readonly (readonly [string, readonly AlertRule[]])[] {
  return [true, false]
    .map((byInstance) => {
      const found = others.filter((other) => (hasInstance(alert) && hasInstance(other)) === byInstance)
      return [words.scope(byInstance), found] as const
    })
    .filter(([, found]) => found.length > 0)
}

const linked = ({ name }: AlertRule) => link(code(name), `${name}.md`)

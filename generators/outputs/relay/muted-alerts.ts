import { inSeconds } from '../../../definitions/language/duration.ts'
import { seriesNames } from '../../../definitions/language/family.ts'
import { deadlineOf } from '../../../definitions/language/presence.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { mutings } from '../../model/muting.ts'
import { selectorsOf } from '../../model/usage.ts'
import { arrivesEvery } from '../../stack/alert-timing.ts'
import type { RelayConfig } from './program/config.ts'

/** The longest that a figure of the bot is waited for after a start, in seconds: one that takes longer says nothing about a restart. */
const longestStart = 600

/** The alerts that others mute, and how long each may take to fire again after that. */
export function mutedAlerts(model: Model): RelayConfig['muted'] {
  const by = new Map<AlertRule, Set<string>>()
  for (const [source, target] of mutings(model)) by.set(target, (by.get(target) ?? new Set()).add(source.name))
  return Object.fromEntries(
    [...by].map(([alert, names]) => [alert.name, { by: [...names], settles: settles(model, alert) }]),
  )
}

/** The bot exposes what it compares, it is scraped and evaluated, holds, and arrives in Alertmanager. */
function settles({ bot }: Model, { of, rules }: AlertRule): number {
  const asked = new Set(selectorsOf(of.when).map(({ name }) => name))
  const starts = Object.values(bot.metrics)
    .filter((metric) => seriesNames(metric).some((name) => asked.has(name)))
    .map((metric) => Math.min(inSeconds(deadlineOf(metric)), longestStart))
  const hold = Math.max(0, ...rules.map((rule) => inSeconds(rule.for)))
  return (
    Math.max(0, ...starts) + inSeconds(bot.stack.scrape.bot) + hold + inSeconds(bot.stack.evaluate) + arrivesEvery(bot)
  )
}

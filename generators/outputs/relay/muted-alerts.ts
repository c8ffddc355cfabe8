import { inSeconds } from '../../../definitions/language/duration.ts'
import { seriesNames } from '../../../definitions/language/family.ts'
import { deadlineOf } from '../../../definitions/language/presence.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { mutings } from '../../model/muting.ts'
import { selectorsOf } from '../../model/usage.ts'
import { arrivesEvery } from '../../stack/alert-timing.ts'
import { lineLateness } from '../../stack/logs.ts'
import type { RelayConfig } from './program/config.ts'

/** The longest that a figure of the bot is waited for after a start, in seconds: one that takes longer says nothing about a restart. */
const longestStart = 600

/** The alerts that others mute, and how long each may take to fire again after that. */
export function mutedAlerts(model: Model): RelayConfig['muted'] {
  const by = new Map<AlertRule, Set<string>>()
  for (const [source, target] of mutings(model)) by.set(target, (by.get(target) ?? new Set()).add(source.name))
  const starts = startsOf(model)
  return Object.fromEntries(
    [...by].map(([alert, names]) => [
      alert.name,
      {
        by: [...names],
        settles: alert.of.lines === null ? settles(model, alert, starts) : settlesOnLines(model, alert),
      },
    ]),
  )
}

/** How long an alert on lines may take to fire again once its lines arrive again, in seconds. */
export function settlesOnLines({ bot }: Model, { hold }: AlertRule): number {
  return lineLateness + inSeconds(hold) + inSeconds(bot.stack.evaluate) + arrivesEvery(bot)
}

/** How long after a start each series of the bot may be missing, in seconds. */
const startsOf = ({ bot }: Model): ReadonlyMap<string, number> =>
  new Map(
    Object.values(bot.metrics).flatMap((metric) => {
      const start = Math.min(inSeconds(deadlineOf(metric)), longestStart)
      return seriesNames(metric).map((name) => [name, start] as const)
    }),
  )

/** The bot exposes what the alert compares, it is scraped and evaluated, holds, and arrives in Alertmanager. */
function settles({ bot }: Model, { of, rules }: AlertRule, starts: ReadonlyMap<string, number>): number {
  const start = Math.max(0, ...selectorsOf(of.when).map(({ name }) => starts.get(name) ?? 0))
  const hold = Math.max(0, ...rules.map((rule) => inSeconds(rule.for)))
  const { scrape, evaluate } = bot.stack
  return start + inSeconds(scrape.bot) + hold + inSeconds(evaluate) + arrivesEvery(bot)
}

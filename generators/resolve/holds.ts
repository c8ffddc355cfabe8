import type { Bot } from '../../definitions/language/bot.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import { alertStateMetrics } from '../../definitions/targets/index.ts'
import { finding } from '../model/finding.ts'
import type { AlertRule, RecordRule } from '../model/model.ts'
import { durationWords } from '../text/duration-words.ts'
import { type CompiledHold, compileHold } from './hold.ts'
import type { Pass } from './pass.ts'

/** An hour: from here on a hold is compiled into the window. */
const longHold = 3_600_000

/** Compiles each `for` of an hour or more into the window of its condition, and records operands that cannot be put under a range. */
export const holdsPass: Pass = (bot, draft) => {
  const long = draft.alerts.flatMap((alert) => {
    const millis = milliseconds(alert.hold ?? '') ?? 0
    return alert.of.of === 'absence' || alert.of.lines !== null || millis < longHold
      ? []
      : [[alert, heldFor(bot, alert, millis)] as const]
  })
  const compiled = new Map(long)
  return {
    bot: long.length === 0 ? bot : knowingAlertStates(bot),
    draft: {
      ...draft,
      records: [...draft.records, ...long.flatMap(([alert, { records }]) => recordsOf(alert, records))],
      alerts: draft.alerts.map((alert) => {
        const found = compiled.get(alert)
        return found === undefined ? alert : { ...alert, rules: [{ expr: found.expr, for: null, env: null }] }
      }),
    },
    findings: long.flatMap(([{ of }, { defects }]) =>
      defects.map((defect) => finding({ of: `alert ${of.name}`, key: of.key, where: of.where }, defect)),
    ),
  }
}

/** A compiled hold asks whether its alert fired before. */
function knowingAlertStates(bot: Bot): Bot {
  if (bot.exporters.some(({ metrics }) => Object.hasOwn(metrics, 'ALERTS'))) return bot
  return Object.freeze({
    ...bot,
    exporters: Object.freeze([...bot.exporters, { job: 'prometheus', metrics: alertStateMetrics }]),
  })
}

const heldFor = (bot: Bot, { of, hold }: AlertRule, holdMillis: number): CompiledHold =>
  compileHold(of.when, {
    hold: hold as string,
    holdMillis,
    scraped: (name) => milliseconds(intervalOf(bot, name)) ?? 10_000,
    recorded: milliseconds(bot.stack.evaluate) ?? 10_000,
    name: `${bot.name}:${snake(of.name)}:held`,
    alert: of.name,
    added: of.labels.includes('bot') ? ['severity'] : ['severity', 'bot'],
  })

const recordsOf = ({ name, hold }: AlertRule, records: CompiledHold['records']): readonly RecordRule[] =>
  records.map((record) => ({
    ...record,
    help: `The value that ${name} compares, recorded so that it can be checked over ${durationWords(hold as string)}.`,
    every: null,
    of: null,
  }))

/** How often a series is sampled: recorded ones at each evaluation or as often as they say, the bot's at its scrape, the rest with the exporters. */
function intervalOf(bot: Bot, name: string): string {
  if (name.includes(':')) return bot.records.find((record) => record.name === name)?.every ?? bot.stack.evaluate
  return name.startsWith(`${bot.name}_`) ? bot.stack.scrape.bot : bot.stack.scrape.exporters
}

const snake = (name: string) => name.replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4').toLowerCase()

import type { Bot } from '../../definitions/language/bot.ts'
import { inSeconds, milliseconds } from '../../definitions/language/duration.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import type { SelectorNode } from '../../definitions/language/node.ts'
import { deadlineOf } from '../../definitions/language/presence.ts'
import { worldOf } from '../meaning/world.ts'
import type { Model, RecordRule } from '../model/model.ts'
import { delayOf } from './delay.ts'
import type { Move, SeriesDelay, SeriesDelays } from './series-delay.ts'

/** The delays of all series of a model: those that are scraped, and those that its rules record. */
export function seriesDelays({ bot, jobs, records }: Model): SeriesDelays {
  const recorded = new Map(records.map((record) => [record.name, record]))
  const found = new Map<string, SeriesDelay>()
  const { families } = worldOf(bot)
  const timeout = inSeconds(bot.stack.scrape.timeout)

  const series: SeriesDelays = (selector, move = 'either') => {
    const { name } = selector
    const record = recorded.get(name)
    if (record !== undefined) return ofRecord(record, move)
    // what Prometheus says about a scrape is known once that has succeeded or failed
    if (/^(?:up|scrape_\w+)$/.test(name)) {
      const every = Math.max(0, ...jobs.filter(isSelected(selector)).map(({ interval }) => inSeconds(interval)))
      return {
        sampled: every + Math.min(timeout, every),
        least: 0,
        most: 0,
        deadline: null,
        isAge: false,
        events: null,
      }
    }
    const family = families.get(name)
    const sampled = (family?.every ?? milliseconds(bot.stack.scrape.exporters) ?? 0) / 1000
    const isAge = family?.metric?.computed === 'age'
    const deadline = deadlines(selector, family?.metric ?? null, bot)
    return { sampled, ...(deadline ?? { least: 0, most: 0 }), deadline, isAge, events: null }
  }

  /** A recorded series is a sample only after the next evaluation; which way it moves is that of its expression. */
  const ofRecord = ({ name, expr, every }: RecordRule, move: Move): SeriesDelay => {
    const key = `${name} ${move}`
    const known = found.get(key)
    if (known !== undefined) return known
    // a rule that records itself has no delay
    found.set(key, { sampled: 0, least: 0, most: 0, deadline: null, isAge: false, events: null })
    const { sampled, least, most, events } = delayOf(expr, series, move)
    const one = {
      sampled: sampled + inSeconds(every ?? bot.stack.evaluate),
      least,
      most,
      deadline: null,
      isAge: false,
      events,
    }
    found.set(key, one)
    return one
  }
  return series
}

/** By when what was never set is reported as such, for the metrics that a selector names. */
function deadlines({ matchers }: SelectorNode, metric: Metric | null, { metrics }: Bot): SeriesDelay['deadline'] {
  if (metric?.ofContract !== true || !metric.name.endsWith('_contract_never_set')) return null
  const named = matchers.find(({ label }) => label === 'metric')?.value.split('|')
  const due = Object.values(metrics)
    .filter(({ name }) => named === undefined || named.includes(name))
    .flatMap((metric) => deadlineOf(metric) ?? [])
    .map(inSeconds)
  return due.length === 0 ? null : { least: Math.min(...due), most: Math.max(...due) }
}

/** Whether a scrape job is among those that a selector of `up` names. */
const isSelected = ({ matchers }: SelectorNode) => {
  const of = matchers.find(({ label }) => label === 'job')
  return ({ name }: { readonly name: string }): boolean => {
    switch (of?.op) {
      case undefined:
        return true
      case '=':
      case '=~':
        return of.value.split('|').includes(name)
      case '!=':
      case '!~':
        return !of.value.split('|').includes(name)
    }
  }
}

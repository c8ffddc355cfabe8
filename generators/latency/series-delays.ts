import type { Bot } from '../../definitions/language/bot.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import type { Metric } from '../../definitions/language/metric.ts'
import type { SelectorNode } from '../../definitions/language/node.ts'
import type { Model } from '../model/model.ts'
import { delayOf } from './delay.ts'
import type { SeriesDelay, SeriesDelays } from './series-delay.ts'

/** The delays of all series of a model: those that are scraped, and those that its rules record. */
export function seriesDelays({ bot, jobs, records }: Model): SeriesDelays {
  const recorded = new Map(records.map((record) => [record.name, record.expr]))
  const found = new Map<string, SeriesDelay>()
  const metrics = metricsByName(bot)
  const timeout = secondsOf(bot.stack.scrape.timeout)
  const own = secondsOf(bot.stack.scrape.bot)
  const exporters = secondsOf(bot.stack.scrape.exporters)

  const series: SeriesDelays = (selector) => {
    const { name } = selector
    const expr = recorded.get(name)
    if (expr !== undefined) return ofRecord(name, () => delayOf(expr, series))
    // what Prometheus says about a scrape is known once that has succeeded or failed
    if (/^(?:up|scrape_\w+)$/.test(name)) {
      const every = Math.max(0, ...jobs.filter(isSelected(selector)).map(({ interval }) => secondsOf(interval)))
      return { sampled: every + Math.min(timeout, every), least: 0, most: 0, isAge: false }
    }
    const metric = metrics.get(name)
    const sampled = metric !== undefined && Object.hasOwn(bot.metrics, metric.key) ? own : exporters
    return { sampled, ...deadlines(selector, metric, metrics), isAge: metric?.computed === 'age' }
  }

  /** A recorded series is a sample only after the next evaluation. */
  const ofRecord = (name: string, delay: () => ReturnType<typeof delayOf>): SeriesDelay => {
    const known = found.get(name)
    if (known !== undefined) return known
    // a rule that records itself has no delay
    found.set(name, { sampled: 0, least: 0, most: 0, isAge: false })
    const { sampled, least, most } = delay()
    const one = { sampled: sampled + secondsOf(bot.stack.evaluate), least, most, isAge: false }
    found.set(name, one)
    return one
  }
  return series
}

/** By when what was never set is reported as such, for the metrics that a selector names. */
function deadlines(
  { matchers }: SelectorNode,
  metric: Metric | undefined,
  metrics: ReadonlyMap<string, Metric>,
): { readonly least: number; readonly most: number } {
  if (metric?.ofContract !== true || !metric.name.endsWith('_contract_never_set')) return { least: 0, most: 0 }
  const named = matchers.find(({ label }) => label === 'metric')?.value.split('|')
  const due = [...metrics.values()]
    .filter(({ name }) => named === undefined || named.includes(name))
    .flatMap(({ mustBeSetWithin, mayBeAbsent }) => milliseconds(mustBeSetWithin ?? mayBeAbsent?.for ?? '') ?? [])
    .map((millis) => millis / 1000)
  return due.length === 0 ? { least: 0, most: 0 } : { least: Math.min(...due), most: Math.max(...due) }
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

/** Metrics by the names that they expose. */
function metricsByName(bot: Bot): ReadonlyMap<string, Metric> {
  const all = [...Object.values(bot.metrics), ...bot.exporters.flatMap(({ metrics }) => Object.values(metrics))]
  return new Map(
    all.flatMap((metric) => ['', '_bucket', '_sum', '_count'].map((suffix) => [metric.name + suffix, metric] as const)),
  )
}

const secondsOf = (duration: string): number => (milliseconds(duration) ?? 0) / 1000

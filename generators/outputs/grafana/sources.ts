import { milliseconds } from '../../../definitions/language/duration.ts'
import { seriesNames } from '../../../definitions/language/family.ts'
import { targetLabels } from '../../../definitions/language/label.ts'
import type { SelectorNode } from '../../../definitions/language/node.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { Model } from '../../model/model.ts'

/** Where the series with a name come from. */
export interface SeriesSource {
  /** The declared name; a histogram's series have suffixes. */
  readonly of: string
  readonly job: string
  readonly labels: ReadonlySet<string>
  readonly help: string
  /** Whether the information is in the value, or as for an info or a state set in the labels. */
  readonly says: 'value' | 'state' | 'info'
}

/** The sources of all series that the definitions name, by the exposed name. */
export type SeriesSources = ReadonlyMap<string, SeriesSource>

export function seriesSources({ bot, records }: Model): SeriesSources {
  const free = freeLabelsOf(bot)
  const own = Object.values(bot.metrics).map((metric) => ({ metric, job: bot.name }))
  const others = bot.exporters.flatMap(({ job, metrics }) => Object.values(metrics).map((metric) => ({ metric, job })))
  const scraped = [...others, ...own].flatMap(({ metric, job }) => {
    const says = metric.kind === 'stateSet' ? 'state' : metric.kind === 'info' ? 'info' : 'value'
    const ofTarget = job === bot.name ? [...targetLabels, ...free] : targetLabels
    const labels = new Set([...Object.keys(metric.labels), ...ofTarget])
    return seriesNames(metric).map((name): [string, SeriesSource] => [
      name,
      { of: metric.name, job, labels, help: metric.help, says },
    ])
  })
  const recorded = records.map((record): [string, SeriesSource] => [
    record.name,
    {
      of: record.name,
      job: bot.name,
      labels: new Set(record.of?.labels ?? ['bot', 'env']),
      help: record.help,
      says: 'value',
    },
  ])
  return new Map([...scraped, ...recorded])
}

/** The job that a selector's series come from; null if there are several or it is unknown. */
export function jobOf(node: SelectorNode, { bot, sources }: { readonly bot: string; readonly sources: SeriesSources }) {
  const asked = node.matchers.filter((matcher) => matcher.label === 'job')
  if (asked.length > 0) return asked.find((matcher) => matcher.op === '=')?.value ?? null
  const isOwn = node.name.startsWith(`${bot}_`) || node.name.startsWith(`${bot}:`)
  return sources.get(node.name)?.job ?? (isOwn ? bot : null)
}

/** The scrape interval of a job if it is longer than the bot's, which Grafana assumes for all; otherwise null. */
export function slowerThanBot({ jobs, bot }: Model, job: string): string | null {
  const interval = jobs.find(({ name }) => name === job)?.interval ?? bot.stack.scrape.bot
  return (milliseconds(interval) ?? 0) > (milliseconds(bot.stack.scrape.bot) ?? 0) ? interval : null
}

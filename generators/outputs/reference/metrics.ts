import { seriesNames } from '../../../definitions/language/family.ts'
import { isOpen, type Label } from '../../../definitions/language/label.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { retiredOf } from '../../../definitions/language/retired.ts'
import { seriesBoundOf } from '../../../definitions/language/series-bound.ts'
import type { Model, RecordRule } from '../../model/model.ts'
import { type Usage, usageOf } from '../../model/usage.ts'
import { print } from '../../promql/print.ts'
import { counted } from '../../text/counted.ts'
import { inLines } from '../../text/expression.ts'
import { listed } from '../../text/listed.ts'
import { anchor, bullets, code, codeBlock, heading, link, page, prose, table } from '../../text/markdown.ts'
import { unitName } from '../../text/unit-name.ts'
import { toPanel, toRecord, toRunbook } from './links.ts'

/** docs/metrics.md: every metric of the bot, the recording rules, and what others expose and this bot's rules use. */
export function metricsPage(model: Model): string {
  const { bot, records } = model
  const metrics = Object.values(bot.metrics)
  const usage = usageOf(model)
  const retired = Object.entries(retiredOf(bot.metrics))
  const external = bot.exporters.flatMap(({ job, metrics }) =>
    Object.values(metrics).map((metric) => ({ job, metric, usage: usage(seriesNames(metric)) })),
  )
  return page([
    heading(1, `Metrics of ${prose(bot.title)}`),
    `${counted(metrics.length, 'metric')} (${kinds(metrics)}). One process exposes at most ${bound(metrics)} series of them. Prometheus adds the labels ${listed(['bot', 'env', 'instance', 'job'].map(code))} to each, and so no metric carries them itself.`,
    table(
      ['Metric', 'Type', 'Unit', 'Labels', 'Series', 'What it says'],
      metrics.map((metric) => [
        link(code(metric.name), `#${anchor(metric.name)}`),
        typeOf(metric),
        unitOf(metric),
        Object.keys(metric.labels).map(code).join(', '),
        String(seriesBoundOf(metric)),
        prose(metric.help),
      ]),
    ),
    metrics.length === 0 ? '' : heading(2, 'One by one'),
    ...metrics.flatMap((metric) => described(metric, usage(seriesNames(metric)))),
    ...(records.length === 0
      ? []
      : [
          heading(2, 'Recording rules'),
          `${counted(records.length, 'series', 'series')} that Prometheus computes at every evaluation and keeps under a name of their own.`,
          ...records.flatMap((record) => recorded(record, usage([record.name]))),
        ]),
    ...(retired.length === 0
      ? []
      : [
          heading(2, 'Retired names'),
          "Names that were used once, here or in the bot's document. Nothing exposes them, no query may ask for them, and none of them comes back with another meaning.",
          table(
            ['Name', 'What took its place'],
            retired.map(([name, why]) => [code(name), prose(why)]),
          ),
        ]),
    ...(external.length === 0
      ? []
      : [
          heading(2, 'Metrics of others'),
          `${counted(external.length, 'metric')} that other jobs expose, as far as rules and panels of this bot use them.`,
          table(
            ['Metric', 'Job', 'Type', 'What it says', 'Used by'],
            external.map(({ job, metric, usage }) => [
              code(metric.name),
              code(job),
              typeOf(metric),
              prose(metric.help),
              [...usage.alerts.map(toRunbook), ...usage.panels.map(toPanel)].join(', '),
            ]),
          ),
        ]),
  ])
}

const kindWords: Readonly<Record<Metric['kind'], string>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  info: 'info',
  stateSet: 'state set',
}

const typeOf = (metric: Metric) => (metric.computed === 'age' ? 'gauge (age)' : kindWords[metric.kind])

/** An info is always 1 and a state set 0 or 1: they have no unit worth a word. */
const unitOf = ({ kind, unit }: Metric) => (kind === 'info' || kind === 'stateSet' ? '' : unitName(unit))

function inUnit(metric: Metric): string {
  const unit = unitOf(metric)
  if (unit === '') return ''
  return metric.unit.dim === 'flag' ? `, ${unit}` : `, in ${unit}`
}

const kinds = (metrics: readonly Metric[]) =>
  listed(
    Object.entries(kindWords).flatMap(([kind, word]) => {
      const count = metrics.filter((metric) => metric.kind === kind).length
      return count === 0 ? [] : [counted(count, word, kind === 'info' ? 'infos' : `${word}s`)]
    }),
  )

const bound = (metrics: readonly Metric[]) => metrics.reduce((sum, metric) => sum + seriesBoundOf(metric), 0)

function described(metric: Metric, usage: Usage): readonly string[] {
  const exposed = seriesNames(metric)
  return [
    heading(3, code(metric.name)),
    prose(metric.help),
    bullets([
      `Type: ${typeOf(metric)}${inUnit(metric)}${exposed.join() === metric.name ? '' : `, exposed as ${listed(exposed.map(code))}`}`,
      ...Object.entries(metric.labels).map(([name, label]) => `Label ${code(name)}: ${valuesOf(label, metric)}`),
      ...(metric.buckets === null ? [] : [`Buckets: ${bucketsOf(metric)}`]),
      ...behaviour(metric),
      `Series of one process: at most ${seriesBoundOf(metric)}`,
      ...usedBy(usage),
      ...(metric.deviates === null
        ? []
        : [`The bot's document: “${prose(metric.deviates.said)}”. ${prose(metric.deviates.because)}`]),
    ]),
  ]
}

const valuesOf = (label: Label, { kind }: Metric) => {
  if (!isOpen(label)) return listed(label.values.map(code), 'or')
  // An info is one series whatever its labels say: there is nothing to share.
  return kind === 'info'
    ? 'any value'
    : `any, at most ${counted(label.max, 'value')}; the rest share one series whose labels are ${code('__overflow__')}`
}

const bucketsOf = ({ buckets, unit }: Metric) => {
  const symbol = unit.symbol === '' ? '' : ` ${unit.symbol}`
  return `${(buckets ?? []).join(', ')}${symbol}, and above`
}

function behaviour(metric: Metric): readonly string[] {
  const said: string[] = []
  if (metric.computed === 'age')
    said.push('Computed at every scrape: the time since it last happened, or since the process began')
  if (metric.kind === 'gauge' && metric.computed === null)
    said.push(metric.initially === null ? 'Absent until it is first set' : `${metric.initially} until it is first set`)
  if (metric.kind === 'info') said.push('Always 1: what it says stands in its labels')
  if (metric.kind === 'stateSet') said.push('One series a state; the one that holds is 1, the others are 0')
  if (metric.signed) said.push('Its bounds begin below zero, so there is no sum; the bucket `+Inf` is the count')
  if (!metric.additive) said.push('Not to be added up over its series')
  return said
}

function usedBy({ alerts, records, panels }: Usage): readonly string[] {
  return [
    ...(alerts.length === 0 ? [] : [`Alerts: ${alerts.map(toRunbook).join(', ')}`]),
    ...(records.length === 0 ? [] : [`Recorded as: ${records.map(toRecord).join(', ')}`]),
    ...(panels.length === 0 ? [] : [`Panels: ${panels.map(toPanel).join(', ')}`]),
  ]
}

function recorded(record: RecordRule, usage: Usage): readonly string[] {
  return [
    heading(3, code(record.name)),
    prose(record.help),
    codeBlock(inLines(print(record.expr)), 'promql'),
    bullets(usedBy(usage)),
  ]
}

import { seriesNames } from '../../../definitions/language/family.ts'
import { isOpen, type Label } from '../../../definitions/language/label.ts'
import type { MayBeAbsent, Metric } from '../../../definitions/language/metric.ts'
import { retiredOf } from '../../../definitions/language/retired.ts'
import { seriesBoundOf } from '../../../definitions/language/series-bound.ts'
import type { Model, RecordRule } from '../../model/model.ts'
import { type Usage, usageOf } from '../../model/usage.ts'
import { print } from '../../promql/print.ts'
import { countText } from '../../text/count-text.ts'
import { durationWords } from '../../text/duration-words.ts'
import { inLines } from '../../text/expression.ts'
import { listText } from '../../text/list-text.ts'
import { anchor, bulletList, code, codeBlock, heading, link, markdownTable, page, prose } from '../../text/markdown.ts'
import { unitName } from '../../text/unit-name.ts'
import { toGlossary } from './glossary.ts'
import { toPanel, toRecord, toRunbook } from './links.ts'

/** docs/metrics.md: every metric of the bot, its recording rules, and the metrics of other jobs that it uses. */
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
    `${countText(metrics.length, 'metric')} (${kinds(metrics)}). One process exposes at most ${bound(metrics)} series of them. Prometheus adds the labels ${listText(['bot', 'env', 'instance', 'job'].map(code))} to each, so the bot does not set them.`,
    ...toGlossary(model),
    markdownTable(
      ['Metric', 'Type', 'Unit', 'Labels', 'Series', 'What it measures'],
      metrics.map((metric) => [
        link(code(metric.name), `#${anchor(metric.name)}`),
        typeOf(metric),
        unitOf(metric),
        Object.keys(metric.labels).map(code).join(', '),
        String(seriesBoundOf(metric)),
        prose(metric.help),
      ]),
    ),
    metrics.length === 0 ? '' : heading(2, 'Each metric'),
    ...metrics.flatMap((metric) => described(metric, usage(seriesNames(metric)))),
    ...(records.length === 0
      ? []
      : [
          heading(2, 'Recording rules'),
          `${countText(records.length, 'series', 'series')} that Prometheus computes at every evaluation and stores under their own names.`,
          ...records.flatMap((record) => recorded(record, usage([record.name]))),
        ]),
    ...(retired.length === 0
      ? []
      : [
          heading(2, 'Retired names'),
          "Names that were used in the past, here or in the bot's document. Nothing exposes them, no query may use them, and they must not be reused with another meaning.",
          markdownTable(
            ['Name', 'What replaced it'],
            retired.map(([name, why]) => [code(name), prose(why)]),
          ),
        ]),
    ...(external.length === 0
      ? []
      : [
          heading(2, 'Metrics of other jobs'),
          `${countText(external.length, 'metric')} exposed by other jobs and used by rules or panels of this bot.`,
          markdownTable(
            ['Metric', 'Job', 'Type', 'What it measures', 'Used by'],
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

/** An info is always 1 and a state set 0 or 1: their unit is not worth mentioning. */
const unitOf = ({ kind, unit }: Metric) => (kind === 'info' || kind === 'stateSet' ? '' : unitName(unit))

function inUnit(metric: Metric): string {
  const unit = unitOf(metric)
  if (unit === '') return ''
  return metric.unit.dim === 'flag' ? `, ${unit}` : `, in ${unit}`
}

const kinds = (metrics: readonly Metric[]) =>
  listText(
    Object.entries(kindWords).flatMap(([kind, word]) => {
      const count = metrics.filter((metric) => metric.kind === kind).length
      return count === 0 ? [] : [countText(count, word, kind === 'info' ? 'infos' : `${word}s`)]
    }),
  )

const bound = (metrics: readonly Metric[]) => metrics.reduce((sum, metric) => sum + seriesBoundOf(metric), 0)

function described(metric: Metric, usage: Usage): readonly string[] {
  const exposed = seriesNames(metric)
  return [
    heading(3, code(metric.name)),
    prose(metric.help),
    bulletList([
      `Type: ${typeOf(metric)}${inUnit(metric)}${exposed.join() === metric.name ? '' : `, exposed as ${listText(exposed.map(code))}`}`,
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
  if (!isOpen(label)) return listText(label.values.map(code), 'or')
  // An info is one series whatever its labels: nothing can overflow.
  return kind === 'info'
    ? 'any value'
    : `any, at most ${countText(label.max, 'value')}; further values share one series with the value ${code('__overflow__')}`
}

const bucketsOf = ({ buckets, unit }: Metric) => {
  const symbol = unit.symbol === '' ? '' : ` ${unit.symbol}`
  return `${(buckets ?? []).join(', ')}${symbol}, and above`
}

function behaviour(metric: Metric): readonly string[] {
  const said: string[] = []
  if (metric.computed === 'age')
    said.push('Computed at every scrape: the time since the event last happened, or since the process started')
  if (metric.kind === 'gauge' && metric.computed === null)
    said.push(
      `${metric.initially ?? 'Absent'} until it is first set${metric.expiresAfter === null ? '' : `, and again when it was not set for ${durationWords(metric.expiresAfter)}`}`,
    )
  if (metric.mustBeSetWithin !== null)
    said.push(`Must be set within ${durationWords(metric.mustBeSetWithin)} of the start`)
  if (metric.mayBeAbsent !== null) said.push(absenceWords(metric.mayBeAbsent))
  if (metric.kind === 'info') said.push('Always 1: the information is in its labels')
  if (metric.kind === 'stateSet') said.push('One series per state: 1 for the current state, 0 for the others')
  if (metric.signed) said.push('Its buckets start below zero, so it has no `_sum`; the bucket `+Inf` is the count')
  if (!metric.additive) said.push('Must not be summed across its series')
  return said
}

const absenceWords = ({ for: long, because }: MayBeAbsent) =>
  `May be absent ${long === 'forever' ? 'forever' : `for ${durationWords(long)} after the start`}: ${prose(because)}`

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
    bulletList(usedBy(usage)),
  ]
}

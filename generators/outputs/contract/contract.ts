import { contractFormat, unitWord } from '../../../definitions/language/contract-form.ts'
import { contractHash } from '../../../definitions/language/contract-hash.ts'
import { exposedUnit, seriesNames } from '../../../definitions/language/family.ts'
import { isOpen, targetLabels } from '../../../definitions/language/label.ts'
import type { Field, Fields, LogEvent } from '../../../definitions/language/log-event.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { retiredOf } from '../../../definitions/language/retired.ts'
import { seriesBoundOf } from '../../../definitions/language/series-bound.ts'
import type { Contract } from '../../contract/schema.ts'
import type { Files, Model } from '../../model/model.ts'

/** contract.json: what the bot emits, for bots and tools in any language. */
export const contractOutput = (model: Model): Files =>
  new Map([['contract.json', `${JSON.stringify(contractOf(model), null, 2)}\n`]])

/** The contract as data, in the form of generators/contract/schema.ts. */
export function contractOf({ bot }: Pick<Model, 'bot'>): Contract {
  const metrics = Object.values(bot.metrics)
  return {
    format: contractFormat,
    bot: bot.name,
    hash: contractHash(metrics),
    day: { startsAt: bot.day.startsAt, timeZone: bot.day.timeZone },
    targetLabels: [
      ...new Set([...targetLabels, ...bot.targets.flatMap(({ labels }) => Object.keys(labels ?? {}))]),
    ].sort(),
    environments: Object.keys(bot.environments),
    metrics: metrics.map(metricOf),
    retired: { ...retiredOf(bot.metrics) },
    events: Object.values(bot.events).map(eventOf),
  }
}

const metricOf = (metric: Metric): Contract['metrics'][number] => ({
  name: metric.name,
  kind: metric.kind,
  help: metric.help,
  unit: unitWord(metric),
  exposedUnit: exposedUnit(metric),
  labels: Object.fromEntries(
    Object.entries(metric.labels).map(([name, label]) => [
      name,
      isOpen(label) ? { max: label.max } : { values: [...label.values] },
    ]),
  ),
  buckets: metric.buckets === null ? null : [...metric.buckets],
  signed: metric.signed,
  states: metric.states === null ? null : [...metric.states],
  initially: metric.initially,
  computed: metric.computed,
  additive: metric.additive,
  expiresAfter: metric.expiresAfter,
  mustBeSetWithin: metric.mustBeSetWithin,
  mayBeAbsent: metric.mayBeAbsent === null ? null : { ...metric.mayBeAbsent },
  endsWith: metric.endsWith,
  ofContract: metric.ofContract,
  series: [...seriesNames(metric)],
  seriesBound: seriesBoundOf(metric),
})

const eventOf = (event: LogEvent<Fields>): Contract['events'][number] => ({
  name: event.name,
  help: event.help,
  level: event.level,
  fields: Object.fromEntries(Object.entries(event.fields).map(([name, field]) => [name, fieldOf(field)])),
})

function fieldOf(field: Field): Contract['events'][number]['fields'][string] {
  if ('values' in field) return { values: [...field.values] }
  if (field.type === 'number')
    return { type: 'number', unit: field.unit.suffix === '' ? field.unit.dim : field.unit.suffix }
  return { type: field.type }
}

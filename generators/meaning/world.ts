import type { Bot } from '../../definitions/language/bot.ts'
import { leText } from '../../definitions/language/bucket.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import { isOpen, type Label } from '../../definitions/language/label.ts'
import type { Metric, MetricKind } from '../../definitions/language/metric.ts'
import type { Node } from '../../definitions/language/node.ts'
import { type RetiredNames, retiredOf } from '../../definitions/language/retired.ts'
import { items, type Unit } from '../../definitions/language/unit.ts'
import { freeLabelsOf } from '../model/free-labels.ts'
import { anyDomain, closedDomain, type Domain, optional } from './domain.ts'
import { atLeast, exactly, finite, type Interval, interval, truth, whatever } from './interval.ts'
import { combinations, type LabelDomains } from './labels.ts'
import type { Absence } from './meaning.ts'

/** How the values of a series behave: counters and buckets only grow until their process restarts. */
export type SeriesType = 'counter' | 'gauge' | 'bucket' | 'info' | 'state' | 'recorded' | 'unknown'

/** All series with one name. */
export interface SeriesFamily {
  readonly name: string
  /** Their labels, including those of the scrape. */
  readonly labels: LabelDomains
  /** Labels that distinguish its series at any moment; null if unknown. */
  readonly key: readonly string[] | null
  readonly type: SeriesType
  /** The time between two of its samples, in milliseconds; null if unknown. */
  readonly every: number | null
  /** Null if unknown. */
  readonly unit: Unit<string> | null
  readonly values: Interval
  readonly absent: readonly Absence[]
  readonly series: number
  readonly metric: Metric | null
  /** Whether a program other than the bot exposes it. */
  readonly foreign: boolean
}

/** What a recording rule records, and the time between two of its samples in milliseconds; null if unknown. */
export interface RecordedExpression {
  readonly expr: Node
  readonly every: number | null
}

/** All series that exist, and how they are sampled. */
export interface World {
  readonly families: ReadonlyMap<string, SeriesFamily>
  /** What recording rules record, by the name of the series. */
  readonly records: ReadonlyMap<string, RecordedExpression>
  /** The shortest time between two samples of a series, in milliseconds. */
  readonly interval: number
  /** Retired names, each with its replacement. */
  readonly retired?: RetiredNames
}

/** What replaced a retired name, or the histogram whose bucket, sum or count it is; null if it is not retired. */
export function tookPlaceOf({ retired = {} }: World, name: string): string | null {
  const old = [name, name.replace(/_(?:bucket|sum|count)$/, '')].find((one) => Object.hasOwn(retired, one))
  return old === undefined ? null : (retired[old] ?? null)
}

/** The labels that a scrape adds. */
interface TargetDomains {
  readonly bot: Domain
  readonly env: Domain
  readonly instance: Domain
  readonly job: Domain
}

/** The closed world of a bot: its own metrics, those of its exporters, and what its rules record. */
export function worldOf(bot: Bot): World {
  const instances = anyDomain(Math.max(1, bot.targets.length + 1))
  const beside = { bot: closedDomain(bot.name), env: closedDomain(...Object.keys(bot.environments)) }
  const jobs = [...new Set([bot.name, ...bot.exporters.map(({ job }) => job)])]
  // for the process the stack runs, `.env` sets them, or nothing does
  const free = Object.fromEntries(freeLabelsOf(bot).map((label) => [label, optional(instances)]))
  const own = { ...beside, ...free, instance: instances, job: closedDomain(bot.name) }
  // the process determines its environment, unless an instance has the same name in two of them
  const apart = ['instance', 'job', ...Object.keys(free), ...(isNamedInTwo(bot) ? ['env'] : [])]
  const families = new Map<string, SeriesFamily>()
  const put = (all: readonly SeriesFamily[]) => {
    for (const family of all) families.set(family.name, family)
  }
  const scrape = { bot: milliseconds(bot.stack.scrape.bot), exporters: milliseconds(bot.stack.scrape.exporters) }
  for (const metric of Object.values(bot.metrics)) put(metricFamilies(metric, own, { every: scrape.bot, apart }))
  const exposers = (name: string): readonly string[] =>
    bot.exporters
      .filter(({ metrics }) => Object.values(metrics).some((metric) => metric.name === name))
      .map(({ job }) => job)
  for (const { job, metrics } of bot.exporters)
    for (const metric of Object.values(metrics)) {
      // Prometheus itself adds these to every target that it scrapes
      const everywhere = /^(up|scrape_.*)$/.test(metric.name)
      const of = everywhere ? jobs : exposers(metric.name)
      const instance = of.includes(bot.name) ? anyDomain(instances.max + jobs.length) : closedDomain(...of)
      const target = {
        ...beside,
        ...(of.includes(bot.name) ? free : {}),
        instance,
        job: closedDomain(...of),
      }
      const every = job === bot.name ? scrape.bot : scrape.exporters
      put(metricFamilies(metric, target, { foreign: true, every, apart }))
    }
  const every = [bot.stack.scrape.bot, bot.stack.scrape.exporters, bot.stack.evaluate].map(
    (text) => milliseconds(text) ?? 1000,
  )
  return Object.freeze({
    families,
    records: recordedIn(
      bot.records.map(({ name, of, every }) => ({ name, expr: of, every })),
      bot,
    ),
    interval: Math.min(...every),
    retired: retiredOf(bot.metrics),
  })
}

/** What rules record, each as often as it says, or else at each evaluation. */
export const recordedIn = (
  rules: readonly { readonly name: string; readonly expr: Node; readonly every: string | null }[],
  { stack }: Pick<Bot, 'stack'>,
): World['records'] =>
  new Map(rules.map(({ name, expr, every }) => [name, { expr, every: milliseconds(every ?? stack.evaluate) }]))

/** Whether an instance has the same name in two environments; the one that the stack runs has the name of its bot by default. */
function isNamedInTwo({ name, targets }: Bot): boolean {
  const places = new Set(targets.map(({ env, instance }) => JSON.stringify([env, instance])))
  const instances = new Set([name, ...targets.map(({ instance }) => instance)])
  return instances.size < places.size + 1
}

interface Exposed {
  /** Whether another program exposes it, about which less is certain. */
  readonly foreign?: boolean
  readonly every?: number | null
  /** Labels of the scrape that distinguish its targets; all of them by default. */
  readonly apart?: readonly string[]
}

/** The series that a metric exposes under each of its names. */
export function metricFamilies(metric: Metric, target: TargetDomains, exposed: Exposed = {}): readonly SeriesFamily[] {
  const { foreign = false, every = null, apart = Object.keys(target) } = exposed
  const scrape = Object.entries(target) as [string, Domain][]
  const own = Object.entries(metric.labels).map(([label, of]) => [label, labelDomain(of)] as const)
  const labels: LabelDomains = new Map([...own, ...scrape])
  const family = (suffix: string, values: Interval, changes: Partial<SeriesFamily> = {}): SeriesFamily => {
    const made = {
      name: metric.name + suffix,
      labels,
      key: metric.kind === 'info' ? apart : [...own.map(([label]) => label), ...apart],
      type: types[metric.kind],
      every,
      unit: metric.unit,
      values,
      absent: absenceOf(metric, foreign),
      metric,
      foreign,
      ...changes,
    }
    return Object.freeze({
      series: metric.kind === 'info' ? combinations(new Map(scrape)) : combinations(made.labels),
      ...made,
    })
  }
  if (metric.buckets === null) return [family('', valuesOf(metric, foreign))]
  const bounds = closedDomain(...metric.buckets.map(leText), '+Inf')
  const buckets = family('_bucket', atLeast(0), {
    labels: new Map([...labels, ['le', bounds]]),
    key: [...own.map(([label]) => label), ...apart, 'le'],
    type: 'bucket',
    unit: items,
  })
  if (metric.signed) return [buckets]
  return [buckets, family('_sum', foreign ? finite : atLeast(0)), family('_count', atLeast(0), { unit: items })]
}

const types: Readonly<Record<MetricKind, SeriesType>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'counter',
  info: 'info',
  stateSet: 'state',
}

const labelDomain = (label: Label | { readonly max: number }): Domain =>
  // one more for values past the budget
  isOpen(label as Label)
    ? anyDomain((label as { max: number }).max + 1)
    : closedDomain(...(label as { values: readonly string[] }).values)

/** The values that a metric can have, from its kind and unit. */
function valuesOf(metric: Metric, foreign: boolean): Interval {
  if (metric.kind === 'info') return exactly(1)
  if (metric.kind === 'stateSet' || metric.unit.dim === 'flag') return truth
  if (metric.kind === 'counter' || metric.computed === 'age') return atLeast(0)
  if (metric.unit.dim === 'bytes' || metric.unit.dim === 'timestamp')
    return foreign ? interval(0, Infinity, { nan: true }) : atLeast(0)
  return foreign ? whatever : finite
}

function absenceOf(metric: Metric, foreign: boolean): readonly Absence[] {
  const open = Object.values(metric.labels).some((label) => isOpen(label as Label))
  const waits = metric.kind === 'info' || (metric.kind === 'gauge' && metric.initially === null && !foreign)
  return open || waits ? ['down', 'unset'] : ['down']
}

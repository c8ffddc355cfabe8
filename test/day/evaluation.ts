import { inSeconds } from '../../definitions/language/duration.ts'
import type { Files } from '../../generators/model/model.ts'
import type { Target } from '../alerts/case.ts'
import { type AlertingRule, groupsIn, type RecordingRule, type RuleGroup } from '../alerts/rules.ts'
import type { Scrape } from '../alerts/scrapes.ts'
import { type AlertStates, createAlertStates } from './alert-states.ts'
import { type FiringTime, keyOf, type LabelSet } from './firing.ts'
import type { History, RangeSeries, TimeRange } from './history.ts'
import type { Samples } from './remote-write.ts'
import { createScrapedSeries, type ScrapedSeries } from './scraped-series.ts'

/** Rules that are evaluated while the scrapes of a target arrive. */
export interface Evaluation {
  /** The next scrape; null if it failed. */
  readonly scraped: (row: Scrape) => Promise<void>
  /** Evaluates what is left, and returns when each alert fired. */
  readonly end: () => Promise<readonly FiringTime[]>
  readonly rule: (alert: string) => AlertingRule | undefined
}

interface Evaluated {
  readonly files: Files
  /** The rules that are loaded. */
  readonly paths: readonly string[]
  readonly target: Target
  /** Seconds between two scrapes. */
  readonly scrapeEvery: number
  /** Seconds between two evaluations, unless a group has its own. */
  readonly evaluateEvery: number
}

/** Seconds that are stored and evaluated at once: Prometheus takes nothing that is older than an hour. */
const atOnce = 1800

/**
 * Evaluates rules as Prometheus does, at the same times, but many times in one query: Prometheus then reads a window of a day once
 * instead of at each of them. The states of alerts are kept here (test/day/evaluation.test.ts compares them with promtool's).
 */
export function createEvaluation(
  history: History,
  { files, paths, target, scrapeEvery, evaluateEvery }: Evaluated,
): Evaluation {
  const groups = paths.flatMap((path) => groupsIn(files.get(path) ?? ''))
  const rules = groups.flatMap<RecordingRule | AlertingRule>((group) => group.rules)
  for (const rule of rules) refuseOtherAlerts(rule)
  const states = new Map<AlertingRule, AlertStates>()
  const recorded = new Map<RecordingRule, ReadonlyMap<string, LabelSet>>()
  const scraped = createScrapedSeries(target, scrapeEvery)
  /** While Prometheus evaluates, the next scrapes are collected. */
  let busy: Promise<void> = Promise.resolve()

  const evaluateGroup = async ({ interval, rules }: RuleGroup, { from, to }: Omit<TimeRange, 'step'>) => {
    const step = interval === undefined ? evaluateEvery : inSeconds(interval)
    const range = { from: Math.ceil(from / step) * step, to, step }
    if (range.from > to) return
    for (const rule of rules) {
      if ('record' in rule) {
        const result = await history.range(rule.expr, range)
        const before = recorded.get(rule) ?? new Map()
        const { samples, after } = recordedBy(rule, result, before, range)
        await history.write(samples)
        recorded.set(rule, after)
        continue
      }
      const known = states.get(rule) ?? createAlertStates(holdsOf(rule))
      states.set(rule, known)
      for (let from = range.from; from <= to; ) {
        const rest = { ...range, from }
        const { fired, next } = evaluateAlert(rule, known, await history.range(rule.expr, rest), rest)
        await history.write(fired)
        from = next
      }
    }
  }
  const evaluate = async ({ from, to, series }: ScrapedSeries) => {
    await history.write(series)
    for (const group of groups) await evaluateGroup(group, { from, to: to + scrapeEvery - 1 })
  }
  const next = async () => {
    await busy
    const rows = scraped.take()
    if (rows === null) return
    busy = evaluate(rows)
    // the error is thrown when the next scrapes are stored
    busy.catch(() => {})
  }
  return Object.freeze({
    scraped: async (row: Scrape) => {
      if (scraped.add(row) * scrapeEvery >= atOnce) await next()
    },
    end: async () => {
      await next()
      await busy
      return [...states.values()].flatMap((state) => state.firings()).sort((a, b) => a.from - b.from)
    },
    rule: (alert: string) => rules.find((rule): rule is AlertingRule => 'alert' in rule && rule.alert === alert),
  })
}

const holdsOf = ({ for: hold = '0s', keep_firing_for: keeps = '0s' }: AlertingRule) => ({
  for: inSeconds(hold),
  keepFiringFor: inSeconds(keeps),
})

/**
 * The alerts of a rule at each evaluation: a label of the rule replaces one of the series. If it reads whether it has fired, it is
 * evaluated until one begins to fire, which changes what follows; `fired` is what it then reads.
 */
function evaluateAlert(
  { alert, expr, labels: own }: AlertingRule,
  states: AlertStates,
  result: readonly RangeSeries[],
  { from, to, step }: TimeRange,
): { readonly fired: readonly Samples[]; readonly next: number } {
  const trueAt = new Map<number, LabelSet[]>()
  for (const { labels, values } of result) {
    const { __name__, ...rest } = labels
    for (const [at] of values) trueAt.set(at, [...(trueAt.get(at) ?? []), { ...rest, ...own, alertname: alert }])
  }
  const readsItself = expr.includes('ALERTS')
  const fired = new Map<string, { readonly labels: LabelSet; readonly values: (number | undefined)[] }>()
  let next = from
  for (let isSame = true; next <= to && isSame; next += step) {
    const at = next
    const firing = states.evaluate(at, trueAt.get(at) ?? [])
    if (!readsItself) continue
    for (const { labels } of firing) {
      const known = fired.get(keyOf(labels)) ?? { labels, values: [] }
      known.values[(at - from) / step] = 1
      fired.set(keyOf(labels), known)
    }
    isSame = firing.every((one) => one.from !== at)
  }
  const samples = [...fired.values()].map(({ labels, values }) => ({
    labels: { ...labels, __name__: 'ALERTS', alertstate: 'firing' },
    from,
    step,
    values: Array.from(values),
  }))
  return { fired: samples, next }
}

/** What a recording rule stores, and the series that it has at the last evaluation; those before it that are gone end. */
function recordedBy(
  { record }: RecordingRule,
  result: readonly RangeSeries[],
  before: ReadonlyMap<string, LabelSet>,
  { from, to, step }: TimeRange,
): { readonly samples: readonly Samples[]; readonly after: ReadonlyMap<string, LabelSet> } {
  const found = new Map(
    result.map(({ labels, values }) => {
      const named = { ...labels, __name__: record }
      return [keyOf(named), { labels: named, values: new Map(values) }] as const
    }),
  )
  const after = new Map<string, LabelSet>()
  const all = new Map([...before, ...[...found].map(([key, { labels }]) => [key, labels] as const)])
  const samples = [...all].map(([key, labels]) => {
    const known = found.get(key)?.values
    let isPresent = before.has(key)
    const values: (number | null | undefined)[] = []
    for (let at = from; at <= to; at += step) {
      const value = known?.get(at)
      values.push(value ?? (isPresent ? null : undefined))
      isPresent = value !== undefined
    }
    if (isPresent) after.set(key, labels)
    return { labels, from, step, values }
  })
  return { samples, after }
}

/** A rule may read whether it has fired itself, in a window: that is all which is stored of ALERTS. */
function refuseOtherAlerts(rule: RecordingRule | AlertingRule): void {
  const name = 'record' in rule ? rule.record : rule.alert
  const own = `last_over_time(ALERTS{alertname="${name}", alertstate="firing"}[`
  if (!/\bALERTS/.test(rule.expr.replaceAll(own, ''))) return
  throw new Error(`${name} reads ALERTS of other rules, which is not stored here: store it in test/day/evaluation.ts`)
}

import type { Metric } from '../../definitions/language/metric.ts'
import type { Card, StatusPage } from '../../definitions/language/status.ts'
import type { Registry } from '../client.ts'
import { type BucketTotals, createWindow, quantileOf } from './quantile.ts'
import { elapsedText, valueText } from './value-text.ts'

/** A card with its current content; `value` is in the unit of its metric, null if there is none. */
export interface CardNow {
  readonly title: string
  readonly metric: string
  readonly unit: string
  readonly value: number | null
  readonly text: string
  readonly tone: 'good' | 'bad' | 'plain'
  readonly rows: readonly { readonly name: string; readonly value: number | null; readonly text: string }[]
  readonly note: string
}

/** The response of `/api/metrics`. */
export interface StatusNow {
  readonly title: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly uptimeSeconds: number
  readonly uptime: string
  readonly cards: readonly CardNow[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
  readonly metricName?: string
}
type Read = () => Promise<readonly Sample[]>

/** Shown for a metric without a value yet. */
const absent = '–'
const mostRows = 8
/** Milliseconds of the window for quantiles, and between two samples of it. */
const window = 15 * 60_000
const every = 15_000

/** Reads the cards of a page from the registry behind `/metrics`; `end` stops the sampling for quantiles. */
export function createReader(registry: Registry, page: StatusPage) {
  const cards = page.cards.map((card) => ({
    card,
    read: readerOf(registry, card.of),
    seen: createWindow(window, performance.now()),
  }))
  const withWindow = cards.filter(({ card }) => card.show === 'quantiles')
  const look = async () => {
    for (const { card, read, seen } of withWindow) seen.look(bucketsOf(card, await read()).totals, performance.now())
  }
  const timer = setInterval(() => void look().catch(() => {}), every)
  timer.unref()
  return {
    async now(): Promise<StatusNow> {
      const at = Date.now()
      // Not from the clock, which can be set while the bot runs.
      const uptimeSeconds = process.uptime()
      // All start in one tick, so that totals are consistent on the page.
      const samples = await Promise.all(cards.map(({ read }) => read()))
      return {
        title: page.title,
        at,
        uptimeSeconds,
        uptime: elapsedText(Math.floor(uptimeSeconds)),
        cards: cards.map(({ card, seen }, i) => cardNow(card, samples[i] as readonly Sample[], seen, at)),
      }
    },
    end: () => clearInterval(timer),
  }
}

function readerOf(registry: Registry, of: Metric): Read {
  const metric = registry.getSingleMetric(of.name)
  if (metric === undefined)
    throw new TypeError(
      `the status page shows ${of.name}, which is not one of these metrics: use a metric of the same catalogue`,
    )
  // Not in the client's types: every metric of a registry has get(), which returns its samples.
  const { get } = metric as unknown as { readonly get: () => Promise<{ readonly values: readonly Sample[] }> }
  return async () => (await get.call(metric)).values
}

function cardNow(card: Card, all: readonly Sample[], seen: ReturnType<typeof createWindow>, now: number): CardNow {
  const { of, where, title } = card
  const samples = all.filter(({ labels }) => Object.entries(where).every(([name, value]) => labels[name] === value))
  const text = (value: number) => valueText(value, of.unit, now)
  const common = { title, metric: of.name, unit: of.unit.symbol, tone: 'plain', rows: [], note: '' } as const
  if (of.kind === 'stateSet') {
    const state = samples.find(({ value }) => value === 1)?.labels[of.name]
    return { ...common, value: null, text: state === undefined ? absent : `${state}` }
  }
  if (of.kind === 'info') {
    const rows = Object.entries(samples[0]?.labels ?? {}).map(([name, value]) => ({
      name,
      value: null,
      text: `${value}`,
    }))
    return { ...common, value: null, text: rows.length === 0 ? absent : '', rows }
  }
  if (card.show === 'quantiles') {
    const { bounds, totals } = bucketsOf(card, samples)
    const recent = { bounds, totals: seen.since(totals) }
    const rows = [0.5, 0.95, 0.99].map((q) => {
      const found = quantileOf(recent, q)
      const shown = found === null ? absent : `${found.above ? '> ' : ''}${text(found.value)}`
      return { name: `p${q * 100}`, value: found?.value ?? null, text: shown }
    })
    const count = recent.totals.at(-1) ?? 0
    return {
      ...common,
      value: null,
      text: '',
      rows,
      note: `${count.toLocaleString('en-US')} in ${elapsedText(window / 1000)}`,
    }
  }
  if (card.show === 'series' && Object.keys(of.labels).length > 0) {
    const sorted = samples.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
    const rows = sorted.slice(0, mostRows).map(({ labels, value }) => ({
      name: Object.entries(labels)
        .filter(([name]) => !(name in where))
        .map(([, label]) => label)
        .join(' '),
      value,
      text: text(value),
    }))
    const more = samples.length - rows.length
    return {
      ...common,
      value: null,
      text: rows.length === 0 ? absent : '',
      rows,
      note: more === 0 ? '' : `and ${more} more`,
    }
  }
  if (samples.length === 0) return { ...common, value: null, text: absent }
  const value = samples.reduce((sum, sample) => sum + sample.value, 0)
  const tone = !card.signed || value === 0 ? 'plain' : value > 0 ? 'good' : 'bad'
  return { ...common, value, text: `${card.signed && value > 0 ? '+' : ''}${text(value)}`, tone }
}

/** The buckets summed over all series. */
function bucketsOf({ of }: Card, samples: readonly Sample[]): BucketTotals {
  const bounds = [...(of.buckets ?? []), Number.POSITIVE_INFINITY]
  const totals = bounds.map(() => 0)
  for (const { labels, value, metricName } of samples) {
    if (metricName !== `${of.name}_bucket`) continue
    const at = labels['le'] === '+Inf' ? bounds.length - 1 : bounds.indexOf(Number(labels['le']))
    if (at >= 0) totals[at] = (totals[at] as number) + value
  }
  return { bounds, totals }
}

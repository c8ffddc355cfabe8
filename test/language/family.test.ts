import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Metric } from '../../definitions/language/metric.ts'
import { catalogue, counter, gauge, histogram, info, stateSet } from '../../definitions/language/metrics.ts'
import type { AnyValue } from './defect.ts'

const x = { help: 'x' }
const bounds = { ...x, buckets: [1] } as const
const mode = { ...x, states: ['on', 'off'] } as const

/** Metrics by key, and the name that two of them may expose; null if they do not clash. */
const pairs: readonly (readonly [Readonly<Record<string, unknown>>, string | null])[] = [
  [{ fills_total: counter(x), fills: gauge(x) }, 'bot_fills'],
  [{ fills: gauge(x), fills_total: counter(x) }, 'bot_fills'],
  [{ fills_total: counter(x), fills: histogram(bounds) }, 'bot_fills'],
  [{ fills_total: counter(x), fills: stateSet(mode) }, 'bot_fills'],
  [{ fills_total: counter(x), fills_info: info({ ...x, labels: {} }) }, 'bot_fills'],
  [{ fills_total: counter(x), fills_created_total: counter(x) }, 'bot_fills_created'],
  [{ fills_total: counter(x), fills_total_total: counter(x) }, 'bot_fills_total'],
  [{ build_info: info({ ...x, labels: {} }), build: gauge(x) }, 'bot_build'],
  [{ build_info: info({ ...x, labels: {} }), build: stateSet(mode) }, 'bot_build'],
  [{ build_info: info({ ...x, labels: {} }), build: histogram(bounds) }, 'bot_build'],
  [{ build_info: info({ ...x, labels: {} }), build_info_total: counter(x) }, 'bot_build_info'],
  [{ wait: histogram(bounds), wait_bucket_total: counter(x) }, 'bot_wait_bucket'],
  [{ wait: histogram(bounds), wait_sum_total: counter(x) }, 'bot_wait_sum'],
  [{ wait: histogram(bounds), wait_count_total: counter(x) }, 'bot_wait_count'],
  [{ wait: histogram(bounds), wait_created_total: counter(x) }, 'bot_wait_created'],
  [{ wait: histogram(bounds), wait_count_info: info({ ...x, labels: {} }) }, 'bot_wait_count'],

  [{ fills_total: counter(x), fills_usdt: gauge(x), fills_usdt_total: counter(x) }, 'bot_fills_usdt'],
  [{ fills_total: counter(x), fills_usdt_total: counter(x), fill: gauge(x) }, null],
  [{ wait: histogram(bounds), wait_seconds: histogram(bounds), wait_counts: gauge(x), waits_total: counter(x) }, null],
  [{ mode: stateSet(mode), mode_live: gauge(x), mode_live_info: info({ ...x, labels: {} }) }, 'bot_mode_live'],
  [{ info: info({ ...x, labels: {} }), infos: gauge(x), mode: stateSet(mode), modes_total: counter(x) }, null],
]

const words: Readonly<Record<Metric['kind'], string>> = {
  counter: 'counter',
  gauge: 'gauge',
  histogram: 'histogram',
  info: 'info metric',
  stateSet: 'state set',
}

for (const [declared, shared] of pairs)
  test(`${Object.keys(declared).join(' and ')}: ${shared === null ? 'no name is shared' : `both may expose ${shared}`}`, () => {
    const whole: AnyValue = catalogue('bot', declared as AnyValue)
    const made = Object.keys(declared).map((key) => whole[key] as Metric)
    const found = made.flatMap(({ defects }) => defects)
    if (shared === null) return assert.deepEqual(found, [])
    const [one, other] = made.slice(-2) as [Metric, Metric]
    assert.deepEqual(
      found.map(({ code, fix }) => [code, fix]),
      [['family-clash', 'rename one of them']],
    )
    const family = (metric: Metric) => metric.name.replace(metric.kind === 'counter' ? /_total$/ : /_info$/, '')
    const described = (metric: Metric) =>
      `the ${words[metric.kind]} ${metric.name}${family(metric) === metric.name ? '' : ` (family ${family(metric)})`}`
    assert.equal(
      found[0]?.message,
      `${described(other)} and ${described(one)} clash in OpenMetrics: both may expose ${shared}, but a name can belong to only one metric`,
    )
    assert.ok(other.defects.length > 0 && one.defects.length === 0, 'the fault is on the later one')
  })

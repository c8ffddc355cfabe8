import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Counter, Registry } from 'prom-client'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { botMetrics } from '../../../definitions/mcbot/metrics.ts'
import { yaml } from '../../../generators/text/yaml.ts'
import { createMetrics } from '../../../runtime/index.ts'
import { catalogue, counter } from '../../../runtime/metrics.ts'
import { paperRun, samplesOf } from '../../demo/paper-run.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'
import { writtenOf } from '../bots.ts'
import { testRules } from '../promtool.ts'
import { asSeries, notation, scrapeEvery } from '../scrapes.ts'
import { stepsPerSecond } from '../stepped-scrapes.ts'
import { target } from './target.ts'

// Each way to break the contract, applied to the real runtime or to a process without it. What is then exposed is stored as Prometheus
// would store it (test/contract checks this against Prometheus itself), and the generated rules decide which alerts fire.

const { files, rules, limits } = writtenOf(mcbot)

type Paper = ReturnType<typeof paperRun>
type Exposed = () => Promise<string>

interface Scene {
  /** Applied to a paper bot after the calm period; what is exposed from then on, the paper bot's own unless given. */
  readonly fault: (run: Paper) => Exposed | undefined
  /** How many seconds it lasts; 7 minutes by default. */
  readonly lasts?: number
  /** Seconds before it; 2 minutes by default. */
  readonly calm?: number
  /** The alerts that fire, with the metric and reason that they name. */
  readonly fires: readonly string[]
}

const minute = 60
const exposes = (change: (metrics: Paper['metrics']) => unknown) => (run: Paper) => {
  change(run.metrics)
  return undefined
}
const failing = (read: () => unknown): Scene => ({
  fault: exposes(({ process_open_fds }) => process_open_fds.collect(read as never)),
  lasts: 11 * minute,
  fires: ['ContractCollectorFailing mcbot_process_open_fds'],
})
const olderBot = () => createMetrics(catalogue('mcbot', { fills_total: counter({ help: 'Fills.' }) })).render

/** The metrics with a deadline that a critical alert depends on, and all others with a deadline of minutes. */
const critical = [
  'aggregate_leverage',
  'circuit_breaker_open',
  'drawdown_pct',
  'equity_usdt',
  'exchange_ws_connected',
  'gbm_drawdown_severity',
  'heartbeat_timestamp',
  'maintenance_margin_usdt',
  'margin_balance_usdt',
  'margin_used_usdt',
  'ransac_decay_detected',
  'start_timestamp',
  'today_return_pct',
  'trading_mode',
  'ws_last_message_age_seconds',
]
const others = [
  'bar_interval_seconds',
  'cash_usdt',
  'event_loop_lag_seconds',
  'exchange_orders_max',
  'exchange_orders_used',
  'exchange_rate_limit_max',
  'exchange_rate_limit_used',
  'info',
  'last_bar_age_seconds',
  'onchain_cache_size',
  'onchain_last_success_timestamp',
  'peak_since_timestamp',
  'process_memory_rss_bytes',
  'ransac_decay_severity',
  'today_pnl_usdt',
  'wallet_balance_usdt',
]
const neverSet = (keys: readonly string[]) =>
  keys.map((key) => `Contract${critical.includes(key) ? 'Critical' : ''}MetricNeverSet mcbot_${key}`)

const scenes: Readonly<Record<string, Scene>> = {
  'a bot that keeps its contract': { fault: exposes(() => {}), lasts: 20 * minute, fires: [] },
  'a label that is not declared': {
    fault: exposes(({ fills_total }) => fills_total.inc({ symbol: 'A', side: 'buy', venue: 'x' } as never)),
    fires: ['ContractSamplesRefused mcbot_fills_total labels'],
  },
  'a value that is not declared': {
    fault: exposes(({ fills_total }) => fills_total.inc({ symbol: 'A', side: 'hold' as never })),
    fires: ['ContractSamplesRefused mcbot_fills_total value'],
  },
  'a value that is not a number': {
    fault: exposes(({ equity_usdt }) => equity_usdt.set(Number.NaN)),
    fires: ['ContractSamplesRefused mcbot_equity_usdt number'],
  },
  'an expectation with a label that the metric does not have': {
    fault: exposes((metrics) => metrics.expect({ venue: ['x'] } as never)),
    fires: ['ContractSamplesRefused other labels'],
  },
  'a definition that cannot be used, from another contract too': {
    fault: () => {
      const broken = catalogue('mcbot', { fills_total: counter({ help: ' ' }) })
      const { fills_total, render } = createMetrics(broken, { mode: 'lenient', log: () => {} })
      return () => {
        fills_total.inc()
        return render()
      }
    },
    fires: ['ContractMismatch', 'ContractSamplesRefused mcbot_fills_total definition'],
  },
  'a label that is not declared, before the first scrape': {
    calm: 0,
    fault: exposes(({ fills_total }) => fills_total.inc({ symbol: 'A', side: 'buy', venue: 'x' } as never)),
    fires: ['ContractSamplesRefused mcbot_fills_total labels'],
  },
  'more symbols than the budget allows, before the first scrape': {
    calm: 0,
    fault: exposes(({ fills_total }) => {
      for (let i = 0; i <= 50; i++) fills_total.inc({ symbol: `S${i}`, side: 'buy' })
    }),
    fires: ['ContractOverflow mcbot_fills_total'],
  },
  'more symbols than the budget allows': {
    fault: exposes(({ fills_total }) => {
      for (let i = 0; i <= 50; i++) fills_total.inc({ symbol: `S${i}`, side: 'buy' })
    }),
    fires: ['ContractOverflow mcbot_fills_total'],
  },
  'a reader that throws': failing(() => {
    throw new Error('there is no /proc')
  }),
  'a reader that gives no number': failing(() => 'many'),
  'a reader that never answers': failing(() => new Promise(() => {})),
  'a bot that never starts its work': {
    calm: 0,
    fault: () => {
      let ms = 0
      const { render } = createMetrics(botMetrics, { mode: 'lenient', now: () => ms })
      return () => {
        ms += scrapeEvery * 1000
        return render()
      }
    },
    fires: [...neverSet(critical), ...neverSet(others)],
  },
  'a bot that sets only equity, info and mode, and never calls expect()': {
    calm: 0,
    fault: () => {
      let ms = 0
      const metrics = createMetrics(botMetrics, { mode: 'lenient', now: () => ms })
      metrics.equity_usdt.set(1000)
      metrics.info.set({ version: '1', mode: 'paper', exchange: 'binance', strategy: 'one' })
      metrics.trading_mode.set('paper')
      return () => {
        ms += scrapeEvery * 1000
        return metrics.render()
      }
    },
    fires: [
      ...neverSet(critical.filter((key) => key !== 'equity_usdt' && key !== 'trading_mode')),
      ...neverSet(others.filter((key) => key !== 'info')),
    ],
  },
  'an older bot, long after the rules were updated': { fault: olderBot, fires: ['ContractMismatch'] },
  'an older bot, during a rollout': { fault: olderBot, lasts: 4 * minute, fires: [] },
  'a bot without the runtime, which reports no hash': { fault: () => withoutRuntime(1), fires: ['ContractMismatch'] },
  'a library with its own metrics': {
    fault: ({ text }) => {
      const other = createMetrics(catalogue('library', { calls_total: counter({ help: 'Calls.' }) }))
      return async () => `${await text()}${await other.render()}`
    },
    fires: ['ContractSamplesDropped'],
  },
  'a series for each order': {
    fault: () => withoutRuntime(Math.ceil(limits.samples * 0.81)),
    fires: ['ContractMismatch', 'ContractSampleLimitNear'],
  },
  'more series than Prometheus accepts': {
    fault: () => withoutRuntime(limits.samples + 1),
    fires: ['ContractSampleLimitExceeded', 'ContractSampleLimitNear'],
  },
}

test('these cases make every alert on the contract fire', () => {
  const fired = Object.values(scenes).flatMap(({ fires }) => fires.map((alert) => alert.split(' ')[0] as string))
  const names = [...rules.alerts.keys()].filter((name) => name.startsWith('Contract'))
  assert.deepEqual([...new Set(fired)].sort(), names.sort())
})

test('breaking the contract fires exactly the matching alerts, and keeping it fires none', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'alerts.yml'), files.get('prometheus/alerts.yml') ?? '')
  const paths = []
  for (const [name, scene] of Object.entries(scenes)) paths.push(await writtenTo(folder, name, scene))
  const said = await testRules(tools.promtool, paths)
  for (const [i, [name, { fires }]] of Object.entries(scenes).entries()) {
    const text = said.get(paths[i] as string) ?? null
    await t.test(`${name}: ${fires.join(', ') || 'nothing'}`, () => assert.equal(text, null, text ?? ''))
  }
})

/** Writes the unit test of a scene: silent in the calm period, then exactly what fires; returns its path. */
async function writtenTo(folder: string, name: string, scene: Scene): Promise<string> {
  const { calm = 2 * minute, lasts = 7 * minute, fires } = scene
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.yml`)
  const fired = (from: number, to: number, expected: readonly string[]) => ({
    expr: `group by (alertname, metric, reason) (count_over_time(ALERTS{alertname=~"Contract.+", alertstate="firing"}[${to - from + 1}s]))`,
    eval_time: `${to}s`,
    exp_samples: expected.map((alert) => {
      const [alertname, metric, reason] = alert.split(' ')
      return { labels: JSON.stringify({ alertname, metric, reason }).replaceAll(/"(\w+)":/g, '$1='), value: 1 }
    }),
  })
  const rows = await scraped(scene, calm, lasts)
  writeFileSync(
    path,
    yaml({
      rule_files: ['alerts.yml'],
      evaluation_interval: '15s',
      tests: [
        {
          name,
          interval: `${scrapeEvery}s`,
          input_series: [...asSeries(target, rows)].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: [fired(0, calm - 1, []), fired(calm, calm + lasts, fires)].slice(calm === 0 ? 1 : 0),
        },
      ],
    }),
  )
  return path
}

async function scraped({ fault }: Scene, calm: number, lasts: number) {
  const run = paperRun('contract', 0, 'lenient')
  const rows: ReadonlyMap<string, number>[] = []
  for (let at = 0; at < calm; at += scrapeEvery) {
    rows.push(stored(await run.text()))
    run.steps(scrapeEvery * stepsPerSecond)
  }
  const exposed = fault(run)
  for (let at = 0; at < lasts; at += scrapeEvery) {
    rows.push(stored(await (exposed ?? run.text)()))
    run.steps(scrapeEvery * stepsPerSecond)
  }
  return rows
}

/** What Prometheus stores of one scrape: the metrics on its list, or nothing if they exceed the limit, and how many samples there were. */
function stored(text: string): ReadonlyMap<string, number> {
  const samples = [...samplesOf(text)]
  const kept = samples.filter(([series]) => limits.keeps.test(series.replace(/\{.*/, '')))
  const taken = kept.length <= limits.samples
  return new Map([
    ...(taken ? kept.filter(([series]) => series.startsWith('mcbot_contract_')) : []),
    ['up', Number(taken)],
    ['scrape_samples_scraped', samples.length],
    ['scrape_samples_post_metric_relabeling', kept.length],
  ])
}

/** A process with only the Prometheus client library and this many series of one metric. */
function withoutRuntime(count: number): Exposed {
  const registry = new Registry()
  const orders = new Counter({
    name: 'mcbot_fills_total',
    help: 'Fills.',
    labelNames: ['order'],
    registers: [registry],
  })
  for (let i = 0; i < count; i++) orders.inc({ order: `${i}` })
  const text = registry.metrics()
  return () => text
}

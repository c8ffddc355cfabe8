import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { startPrometheus } from '../../demo/servers/start.ts'
import type { Tool } from '../../demo/servers/tool.ts'
import { createMetrics, serve } from '../../runtime/index.ts'
import { needs } from '../servers/skipped.ts'
import { runtimeMetrics } from './fixture.ts'

const jobs = { text: 'PrometheusText0.0.4', openmetrics: 'OpenMetricsText1.0.0' }

test('Prometheus reads the same series and values from both formats, and requests OpenMetrics by default', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (tools === undefined) return
  const metrics = createMetrics(runtimeMetrics, { now: () => 0 })
  metrics.expect({ symbol: ['BTC/USDT:USDT', 'a,b:"c"\\ 中'] })
  metrics.fills_total.inc({ symbol: 'BTC/USDT:USDT', side: 'buy' }, 2.5)
  metrics.equity_usdt.set(-3)
  metrics.latency_seconds.observe({ side: 'buy' }, 0.5)
  metrics.slippage_bps.observe({ symbol: 'BTC/USDT:USDT' }, -5)
  metrics.info.set({ version: '1', exchange: 'binance' })
  metrics.trading_mode.set('paper')
  const server = await serve(metrics, { port: 0 })
  t.after(() => server.close())
  const api = await scrapedBy(t, tools.prometheus, server.port)

  const lines = (await metrics.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const text = await seriesOf(api, 'text')
  assert.equal(text.length, lines.length, 'no sample was dropped as a duplicate')
  assert.deepEqual(await seriesOf(api, 'openmetrics'), text)
  assert.deepEqual(await seriesOf(api, 'itself'), text)

  const query = encodeURIComponent('{__name__=~"tb_.*_bucket", job="text", le!~"-?[0-9.]+[.][0-9]+|[+]Inf"}')
  assert.deepEqual(((await api(`query?query=${query}`)) as Vector).result, [], 'le is normalized as in Prometheus')

  assert.deepEqual(await typesOf(api, 'text'), typesInText)
  assert.deepEqual(await typesOf(api, 'openmetrics'), typesInOpenMetrics)
  assert.deepEqual(await typesOf(api, 'itself'), typesInOpenMetrics, 'it requested OpenMetrics')
})

/** Queries the API of a Prometheus server. */
type Api = (path: string) => Promise<unknown>

/** Starts a Prometheus server with a job for each format and one that negotiates, and waits until all have scraped. */
async function scrapedBy(t: TestContext, tool: Tool, port: number): Promise<Api> {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const configFile = join(folder, 'prometheus.yml')
  const target = `static_configs: [{ targets: ['127.0.0.1:${port}'] }]`
  const scrapes = Object.entries(jobs).map(
    ([job, protocol]) => `{ job_name: ${job}, scrape_protocols: [${protocol}], ${target} }`,
  )
  writeFileSync(
    configFile,
    `global: { scrape_interval: 1s }\nscrape_configs: [${[...scrapes, `{ job_name: itself, ${target} }`].join(', ')}]\n`,
  )
  const prometheus = await startPrometheus({ tool, configFile, dataDir: join(folder, 'data') })
  t.after(() => prometheus.stop())
  const api: Api = async (path) => {
    const response = await fetch(`${prometheus.url}/api/v1/${path}`)
    return ((await response.json()) as { data: unknown }).data
  }
  while (!(await areScraped(api))) await delay(100)
  return api
}

async function areScraped(api: Api): Promise<boolean> {
  const { activeTargets } = (await api('targets')) as { activeTargets: { health: string; lastError: string }[] }
  const errors = activeTargets.map(({ lastError }) => lastError).filter((error) => error !== '')
  assert.deepEqual(errors, [])
  return activeTargets.length === 3 && activeTargets.every(({ health }) => health === 'up')
}

async function seriesOf(api: Api, job: string): Promise<readonly string[]> {
  const query = encodeURIComponent(`{__name__=~"tb_.*", job="${job}"}`)
  const { result } = (await api(`query?query=${query}`)) as Vector
  return result.map(({ metric, value }) => `${JSON.stringify({ ...metric, job: '', instance: '' })} ${value[1]}`).sort()
}

/** The type and unit of each metric of a job. */
async function typesOf(api: Api, job: string): Promise<Readonly<Record<string, string>>> {
  const match = encodeURIComponent(`{job="${job}"}`)
  const known = (await api(`targets/metadata?match_target=${match}`)) as Metadata
  return Object.fromEntries(
    known.map(({ metric, type, unit }) => [metric, unit === '' ? type : `${type} in ${unit}`]).sort(),
  )
}

const typesInText = {
  tb_bars_total: 'counter',
  tb_contract_collector_failures_total: 'counter',
  tb_contract_info: 'gauge',
  tb_contract_never_set: 'gauge',
  tb_contract_overflow_total: 'counter',
  tb_contract_refused_total: 'counter',
  tb_contract_warm_up_overdue: 'gauge',
  tb_contract_warming_up: 'gauge',
  tb_equity_usdt: 'gauge',
  tb_feed_age_seconds: 'gauge',
  tb_fees_usdt_total: 'counter',
  tb_fills_total: 'counter',
  tb_info: 'gauge',
  tb_latency_seconds: 'histogram',
  tb_loop_age_seconds: 'gauge',
  tb_open_orders: 'gauge',
  tb_orders_total: 'counter',
  tb_position_size: 'gauge',
  tb_slippage_bps: 'histogram',
  tb_trading_mode: 'gauge',
}

const typesInOpenMetrics = {
  tb: 'info',
  tb_bars: 'counter',
  tb_contract: 'info',
  tb_contract_collector_failures: 'counter',
  tb_contract_never_set: 'gauge',
  tb_contract_overflow: 'counter',
  tb_contract_refused: 'counter',
  tb_contract_warm_up_overdue: 'gauge',
  tb_contract_warming_up: 'gauge',
  tb_equity_usdt: 'gauge in usdt',
  tb_feed_age_seconds: 'gauge in seconds',
  tb_fees_usdt: 'counter in usdt',
  tb_fills: 'counter',
  tb_latency_seconds: 'histogram in seconds',
  tb_loop_age_seconds: 'gauge in seconds',
  tb_open_orders: 'gauge',
  tb_orders: 'counter',
  tb_position_size: 'gauge',
  tb_slippage_bps: 'histogram in bps',
  tb_trading_mode: 'stateset',
}

type Vector = {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>
    readonly value: readonly [number, string]
  }[]
}
type Metadata = readonly { readonly metric: string; readonly type: string; readonly unit: string }[]

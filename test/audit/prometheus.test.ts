import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { startPrometheus } from '../../demo/servers/start.ts'
import { needs } from '../servers/skipped.ts'
import { withServer } from '../verify/command.ts'
import { runAudit } from './run-audit.ts'

const exposition = (balance: number) => `# TYPE xbot_balance_usdt gauge
xbot_balance_usdt ${balance}
# TYPE xbot_drawdown_pct gauge
xbot_drawdown_pct 0
# TYPE xbot_trades_total counter
xbot_trades_total{symbol="BTC"} 4
# TYPE xbot_errors_total counter
# TYPE xbot_wait_seconds histogram
xbot_wait_seconds_bucket{le="1"} 1
xbot_wait_seconds_bucket{le="+Inf"} 1
xbot_wait_seconds_sum 1
xbot_wait_seconds_count 1
`

const rules = `groups:
  - name: g
    rules:
      - { alert: Balance, expr: 'xbot_balance_usdt < 1' }
      - { alert: Still, expr: 'xbot_drawdown_pct > 10' }
      - { alert: Declared, expr: 'increase(xbot_errors_total[5m]) > 0' }
      - { alert: Renamed, expr: 'increase(xbot_trade_total[5m]) > 0' }
      - { alert: OtherJob, expr: 'xbot_trades_total{job="yours"} > 5' }
      - { alert: NoJob, expr: 'xbot_trades_total{job="none"} > 5' }
      - { alert: NoLabel, expr: 'xbot_trades_total{env="live"} > 5' }
      - { alert: Bound, expr: 'histogram_quantile(0.9, rate(xbot_wait_seconds_bucket[5m])) > 2' }
      - { alert: OfPrometheus, expr: 'prometheus_build_info > 1' }
`

test('a real Prometheus is queried for names, types, series and gauges that moved', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (!tools) return
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-audit-prometheus-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  let scrapes = 0
  let done = () => {}
  const scraped = new Promise<void>((resolve) => {
    done = resolve
  })
  await withServer(
    (_, response) => {
      scrapes += 1
      response.setHeader('Content-Type', 'text/plain; version=0.0.4')
      // it moved once, and is 0 again when the audit queries it
      response.end(exposition(scrapes === 1 ? 5 : 0))
      // a scrape is stored by the time of the next but one
      if (scrapes === 6) done()
    },
    async (url) => {
      const host = url.replace('http://', '')
      const job = (name: string) => `  - job_name: ${name}\n    static_configs: [{ targets: ['${host}'] }]\n`
      writeFileSync(
        join(folder, 'prometheus.yml'),
        `global: { scrape_interval: 1s }\nscrape_configs:\n${job('mine')}${job('yours')}`,
      )
      writeFileSync(join(folder, 'rules.yml'), rules)
      const server = await startPrometheus({
        tool: tools.prometheus,
        configFile: join(folder, 'prometheus.yml'),
        dataDir: join(folder, 'data'),
      })
      t.after(() => server.stop())
      await scraped
      const verdicts = async (options: object) => {
        const { exit, text } = await runAudit({
          rules: [join(folder, 'rules.yml')],
          metrics: [server.url],
          window: '1h',
          json: true,
          ...options,
        })
        assert.equal(exit, 1)
        const { items, sources } = JSON.parse(text) as Report
        assert.deepEqual(sources[0]?.extent, 'the last 1h')
        return Object.fromEntries(items.map(({ name, queries }) => [name, queries[0]]))
      }
      const all = await verdicts({})
      const said = Object.entries(all).map(([name, query]) => [name, query?.verdict, query?.reasons[0]?.why ?? ''])
      assert.deepEqual(said, [
        ['Balance', 'seen', ''],
        [
          'Still',
          'cannot-tell',
          'it was always 0 in the evidence (2 series, the last 1h): it is never set, or nothing has happened yet',
        ],
        [
          'Declared',
          'cannot-tell',
          'it is declared but has no series yet: a labelled metric has none before its first use',
        ],
        ['Renamed', 'not-seen', 'no source has a metric with this name: did you mean xbot_trades_total?'],
        ['OtherJob', 'seen', ''],
        ['NoJob', 'not-seen', 'job="none" was not seen; jobs seen: mine, yours'],
        ['NoLabel', 'not-seen', 'no series has the label env: they have instance, job, symbol'],
        [
          'Bound',
          'not-seen',
          'with the labels and bounds seen, > is never true: the left side is 0 to 1, or NaN, the right side always 2',
        ],
        ['OfPrometheus', 'not-seen', 'no source has a metric with this name'],
      ])
      const mine = await verdicts({ job: ['mine'] })
      assert.deepEqual(mine['OtherJob']?.reasons, [
        { part: 'xbot_trades_total{job="yours"}', why: 'it selects another job' },
      ])
      assert.match(mine['Still']?.reasons[0]?.why ?? '', /^it was always 0 in the evidence \(1 series, /)
    },
  )
})

interface Report {
  readonly sources: readonly { readonly extent: string }[]
  readonly items: readonly {
    readonly name: string
    readonly queries: readonly {
      readonly verdict: string
      readonly reasons: readonly { readonly part: string; readonly why: string }[]
    }[]
  }[]
}

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { startedBot, withBot } from '../paper-process.ts'
import { samplesOf } from '../paper-run.ts'
import { logReport, metricsReport } from './contract.ts'

const read = async (url: string) => (await fetch(url)).text()

/** Asks until a figure of the bot is above a number. */
async function above(metrics: string, series: string, least: number): Promise<string> {
  for (const end = AbortSignal.timeout(30_000); ; end.throwIfAborted()) {
    const exposed = await read(metrics)
    if ((samplesOf(exposed).get(series) ?? 0) > least) return exposed
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const firstFill = 'tradingbot_order_latency_ms_count{symbol="BTCUSDT"}'

test('what the process exposes and logs fits its contract, and it exits cleanly', async (t) => {
  const LOGS = temporaryFolder(t)
  await withBot('tradingbot', { LOGS }, async ({ child, ended, errors, metrics, faults }) => {
    const exposed = await above(metrics, firstFill, 0)
    assert.deepEqual(metricsReport(exposed).findings, [])
    assert.equal((await fetch(faults)).status, 200)
    const status = (await (await fetch(new URL('/api/metrics', metrics))).json()) as { readonly title: string }
    assert.equal(status.title, 'Trading Bot Monitor')
    assert.equal((await fetch(new URL('/healthz', metrics))).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual([await ended, errors()], [{ code: 0, signal: null }, ''])
  })
  const files = readdirSync(LOGS)
  assert.match(files.join(), /^tradingbot\.\d{4}-\d\d-\d\d\.1\.jsonl$/)
  const log = readFileSync(join(LOGS, files[0] as string), 'utf8')
  const { findings, seen } = await logReport(log)
  assert.deepEqual(findings, [])
  for (const event of ['heartbeat', 'balance_update', 'signal_generated', 'order_filled'])
    assert.ok(seen.includes(event), event)
})

test('without a folder for its log, the lines are printed', async () => {
  const { child, ended } = startedBot('tradingbot')
  try {
    for await (const line of createInterface({ input: child.stdout }))
      if (line.startsWith('{') && JSON.parse(line).event === 'heartbeat') return
    assert.fail('no heartbeat was printed')
  } finally {
    child.kill('SIGTERM')
    await ended
  }
})

test('a restart keeps the drawdown, whatever ended the process', async (t) => {
  const STATE = temporaryFolder(t)
  const account = { wallet: 9000, deposits: 0, withdrawals: 0, settled: 0, positions: {} }
  writeFileSync(join(STATE, 'exchange.json'), JSON.stringify({ ...account, owed: { settled: 0, withdrawn: 0 } }))
  writeFileSync(join(STATE, 'peak-balance.json'), '{"peak":10000,"transferred":0}')
  for (const signal of ['SIGKILL', 'SIGTERM'] as const)
    await withBot('tradingbot', { STATE }, async ({ child, ended, errors, metrics }) => {
      const samples = samplesOf(await read(metrics))
      const [balance, drawdown] = ['balance_usdt', 'max_drawdown'].map((name) => samples.get(`tradingbot_${name}`))
      assert.equal(drawdown, 0 - (10_000 - (balance as number)) / 10_000)
      assert.ok(Math.abs((balance as number) - 9000) < 50, `${balance}`)
      child.kill(signal)
      await ended
      assert.equal(errors(), '')
    })
})

test('lines that cannot be written are counted, and the bot trades on', {
  skip: process.platform !== 'linux' && 'prlimit',
}, async (t) => {
  const LOGS = temporaryFolder(t)
  await withBot('tradingbot', { LOGS }, async ({ child, ended, metrics }) => {
    assert.equal(samplesOf(await read(metrics)).get('tradingbot_log_errors_total'), 0)
    execFileSync('prlimit', ['--fsize=10', '--pid', String(child.pid)])
    await above(metrics, 'tradingbot_log_errors_total', 0)
    await above(metrics, firstFill, 0)
    child.kill('SIGTERM')
    await ended
  })
})

test('a slow start is a warm-up: it does not trade, and has no heartbeat line', () =>
  withBot('tradingbot', { WARM_UP: '3600' }, async ({ metrics }) => {
    const samples = samplesOf(await read(metrics))
    assert.equal(samples.get('tradingbot_contract_warming_up'), 1)
    assert.equal(samples.get('tradingbot_balance_usdt'), undefined)
    assert.equal((await fetch(new URL('/readyz', metrics))).status, 503)
  }))

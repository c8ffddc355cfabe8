import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { startedBot, withBot } from '../paper-process.ts'
import { samplesOf } from '../paper-run.ts'
import { arbotLogReport, arbotMetricsReport } from './contract.ts'

const read = async (url: string) => (await fetch(url)).text()

/** Asks until a figure of the bot is above a number. */
async function above(metrics: string, series: string, least: number): Promise<string> {
  for (const end = AbortSignal.timeout(30_000); ; end.throwIfAborted()) {
    const exposed = await read(metrics)
    if ((samplesOf(exposed).get(series) ?? 0) > least) return exposed
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

const firstFill = 'arbot_order_execution_latency_ms_count{exchange="upbit"}'

test('what the process exposes and logs fits its contract, and it exits cleanly', async (t) => {
  const LOGS = temporaryFolder(t)
  await withBot('arbot', { LOGS }, async ({ child, ended, errors, metrics, faults }) => {
    const exposed = await above(metrics, firstFill, 0)
    assert.deepEqual(arbotMetricsReport(exposed).findings, [])
    assert.equal((await fetch(faults)).status, 200)
    const status = (await (await fetch(new URL('/api/metrics', metrics))).json()) as { readonly title: string }
    assert.equal(status.title, 'ArBot')
    assert.equal((await fetch(new URL('/healthz', metrics))).status, 200)
    child.kill('SIGTERM')
    assert.deepEqual([await ended, errors()], [{ code: 0, signal: null }, ''])
  })
  const files = readdirSync(LOGS)
  assert.match(files.join(), /^arbot\.\d{4}-\d\d-\d\d\.1\.jsonl$/)
  const log = readFileSync(join(LOGS, files[0] as string), 'utf8')
  const { findings, seen } = await arbotLogReport(log)
  assert.deepEqual(findings, [])
  for (const event of ['heartbeat', 'balance_update', 'signal_detected', 'leg_filled'])
    assert.ok(seen.includes(event), event)
})

test('without a folder for its log, the lines are printed', async () => {
  const { child, ended } = startedBot('arbot')
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
  writeFileSync(join(STATE, 'peak-capital.json'), '{"peak":640000,"transferred":0}')
  for (const signal of ['SIGKILL', 'SIGTERM'] as const)
    await withBot('arbot', { STATE }, async ({ child, ended, errors, metrics }) => {
      const samples = samplesOf(await read(metrics))
      // half of a peak of 640,000 USD is what the accounts have at first
      assert.ok(Math.abs((samples.get('arbot_drawdown_pct') as number) - 50) < 1)
      child.kill(signal)
      await ended
      assert.equal(errors(), '')
    })
})

test('a slow start is a warm-up: it does not trade, and has no heartbeat line', () =>
  withBot('arbot', { WARM_UP: '3600' }, async ({ metrics }) => {
    const samples = samplesOf(await read(metrics))
    assert.equal(samples.get('arbot_contract_warming_up'), 1)
    assert.equal(samples.get('arbot_pnl_total_usd'), undefined)
    assert.equal((await fetch(new URL('/readyz', metrics))).status, 503)
  }))

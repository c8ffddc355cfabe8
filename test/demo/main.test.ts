import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { capital } from '../../demo/mcbot/setting.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { startedBot, withBot } from './paper-process.ts'
import { samplesOf } from './paper-run.ts'

/** Asks again until it is so. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(30_000)
  while (!(await isSo())) {
    deadline.throwIfAborted()
    await delay(100)
  }
}

const start = (env: Readonly<Record<string, string>> = {}) => startedBot('mcbot', env)
const running = (env: Readonly<Record<string, string>>, use: Parameters<typeof withBot>[2]) =>
  withBot('mcbot', env, use)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  test(`the bot prints the addresses of its metrics and faults, and exits cleanly on ${signal}`, () =>
    running({}, async ({ begun, child, ended, errors, metrics, faults }) => {
      const samples = samplesOf(await (await fetch(metrics)).text())
      assert.equal(samples.get('mcbot_trading_mode{mcbot_trading_mode="paper"}'), 1)
      assert.ok((samples.get('mcbot_process_memory_rss_bytes') as number) > 2 ** 20)
      const heartbeat = (samples.get('mcbot_heartbeat_timestamp') as number) * 1000
      assert.ok(begun <= heartbeat && heartbeat <= Date.now(), `${heartbeat}`)
      assert.equal((await fetch(faults)).status, 200)
      child.kill(signal)
      assert.deepEqual(await ended, { code: 0, signal: null })
      assert.equal(errors(), '')
    }))

test("a restarted bot continues with the equity it had, and today's PnL still counts from the start of the day", async (t) => {
  const STATE = temporaryFolder(t)
  const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000
  // Tomorrow as well, in case the test runs over midnight.
  const days = [midnight, midnight + 86_400_000].map((ms) => {
    const start = new Date(ms).toISOString()
    return { start, value: 150_000, capturedAt: start }
  })
  writeFileSync(join(STATE, 'opening-equity.json'), JSON.stringify({ days }))
  writeFileSync(join(STATE, 'account.json'), '{"equity":151000}')
  const ends: number[] = []
  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    await running({ STATE }, async ({ child, ended, errors, metrics }) => {
      const samples = samplesOf(await (await fetch(metrics)).text())
      const [equity, pnl] = ['equity_usdt', 'today_pnl_usdt'].map((name) => samples.get(`mcbot_${name}`) as number) as [
        number,
        number,
      ]
      assert.equal(Math.round((equity - pnl) * 1e6) / 1e6, 150_000)
      ends.push(equity)
      child.kill(signal)
      await ended
      assert.equal(errors(), '')
    })
  // A few steps of the paper market move it by less than this.
  for (const equity of ends) assert.ok(Math.abs(equity - 151_000) < 500, `${ends}`)
})

test('a restart does not heal a drawdown', async (t) => {
  const STATE = temporaryFolder(t)
  writeFileSync(join(STATE, 'account.json'), '{"equity":100000,"profits":{"trend":-4000}}')
  writeFileSync(join(STATE, 'peak-equity.json'), '{"peak":125000,"transferred":0}')
  writeFileSync(join(STATE, 'peak-strategy-trend.json'), '{"peak":50000,"transferred":0}')
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    const { profits } = JSON.parse(readFileSync(join(STATE, 'account.json'), 'utf8'))
    await running({ STATE }, async ({ child, ended, errors, metrics }) => {
      const samples = samplesOf(await (await fetch(metrics)).text())
      const [equity, drawdown] = [samples.get('mcbot_equity_usdt'), samples.get('mcbot_drawdown_pct')]
      assert.equal(drawdown, ((125_000 - (equity as number)) / 125_000) * 100)
      const ofTrend = (name: string) => samples.get(`mcbot_strategy_${name}{strategy="trend"}`) as number
      const worth = capital + (profits.trend + ofTrend('pnl_usdt'))
      assert.equal(ofTrend('drawdown_pct'), ((50_000 - worth) / 50_000) * 100)
      child.kill(signal)
      await ended
      assert.equal(errors(), '')
    })
  }
})

test('an open circuit breaker survives a crash, until it is reset', async (t) => {
  const STATE = temporaryFolder(t)
  const breakerOf = async (metrics: string) => {
    const samples = samplesOf(await (await fetch(metrics)).text())
    return ['open', 'total'].map((name) => samples.get(`mcbot_circuit_breaker_${name}`))
  }
  const turned = async (faults: string, path: string) => (await fetch(`${faults}/${path}`, { method: 'POST' })).status
  await running({ STATE }, async ({ ended, metrics, faults }) => {
    assert.deepEqual(await breakerOf(metrics), [0, 0])
    await turned(faults, 'circuit-breaker?on')
    await until(async () => (await breakerOf(metrics))[0] === 1)
    await turned(faults, 'crash?on')
    assert.deepEqual(await ended, { code: 1, signal: null })
  })
  await running({ STATE }, async ({ child, ended, errors, metrics, faults }) => {
    assert.deepEqual(await breakerOf(metrics), [1, 0])
    await turned(faults, 'circuit-breaker?on&seconds=1')
    await until(async () => (await breakerOf(metrics))[0] === 0)
    child.kill('SIGTERM')
    await ended
    assert.equal(errors(), '')
  })
  await running({ STATE }, async ({ metrics }) => assert.deepEqual(await breakerOf(metrics), [0, 0]))
})

test('what was withdrawn before a restart is deposited after it, which is counted and no profit', async (t) => {
  const STATE = temporaryFolder(t)
  writeFileSync(join(STATE, 'account.json'), '{"equity":80000,"transferred":-20000,"withdrawn":20000}')
  writeFileSync(join(STATE, 'peak-equity.json'), '{"peak":100000,"transferred":-20000}')
  await running({ STATE }, async ({ child, ended, errors, metrics }) => {
    const samples = samplesOf(await (await fetch(metrics)).text())
    const [equity, drawdown] = ['equity_usdt', 'drawdown_pct'].map(
      (name) => samples.get(`mcbot_${name}`) as number,
    ) as [number, number]
    assert.equal(samples.get('mcbot_deposits_usdt_total'), 20_000)
    // a few steps of the paper market move it by less than this
    assert.ok(Math.abs(equity - 100_000) < 500 && Math.abs(drawdown - 20) < 0.5, `${equity} ${drawdown}`)
    child.kill('SIGTERM')
    await ended
    assert.equal(errors(), '')
  })
  const { transferred, withdrawn } = JSON.parse(readFileSync(join(STATE, 'account.json'), 'utf8'))
  assert.deepEqual({ transferred, withdrawn }, { transferred: 0, withdrawn: 0 })
})

test('a folder that cannot be used for its state does not stop the bot: it is reported and counted', async (t) => {
  const file = join(temporaryFolder(t), 'a-file')
  writeFileSync(file, '')
  await running({ STATE: join(file, 'state') }, async ({ child, ended, errors, metrics }) => {
    const samples = samplesOf(await (await fetch(metrics)).text())
    assert.ok((samples.get('mcbot_errors_total{component="risk",error_type="other"}') as number) > 0)
    child.kill('SIGTERM')
    assert.deepEqual(await ended, { code: 0, signal: null })
    assert.match(errors(), /mcbot: the account is not kept: ENOTDIR/)
    assert.match(errors(), /botwatch: opening value: cannot read .*opening-equity\.json \(ENOTDIR/)
  })
})

test('faults are off by default if the bot listens on all addresses', () =>
  running({ HOST: '0.0.0.0' }, async ({ faults }) => {
    assert.equal(faults, 'off; FAULTS=1 turns them on')
  }))

test('process faults work: the endpoint fails, the loop hangs, the bot crashes', () =>
  running({}, async ({ ended, errors, metrics, faults }) => {
    const turn = (path: string) => fetch(`${faults}/${path}`, { method: 'POST' })
    await turn('metrics-endpoint?on')
    assert.equal((await fetch(metrics)).status, 500)
    await turn('metrics-endpoint?off')
    assert.equal((await fetch(metrics)).status, 200)

    const seconds = 2
    assert.equal((await turn(`hang?on&seconds=${seconds}`)).status, 200)
    const after = samplesOf(await (await fetch(metrics)).text())
    const lag = after.get('mcbot_event_loop_lag_seconds') as number
    assert.ok(lag > seconds - 0.1, `the response arrived while the loop should hang: it was blocked for only ${lag} s`)
    assert.equal(((await (await fetch(`${faults}/hang`)).json()) as { on: boolean }).on, false)

    await turn('crash?on')
    assert.deepEqual(await ended, { code: 1, signal: null })
    assert.equal(errors(), 'fault crash is on: the bot exits with code 1\n')
  }))

test('a port in use or an invalid variable is one clear error, and the bot does not start', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const cases = [
    {
      env: { PORT: `${port}` },
      error: `mcbot: 127.0.0.1:${port} is already in use: set PORT to another port, or unset it for any free port\n`,
    },
    {
      env: { FAULTS_PORT: `${port}` },
      error: `mcbot: 127.0.0.1:${port} is already in use: set FAULTS_PORT to another port, or unset it for any free port\n`,
    },
    { env: { PORT: 'x' }, error: "mcbot: PORT is 'x', expected a port from 0 (any free port) to 65535\n" },
  ]
  try {
    for (const { env, error } of cases) {
      const { ended, errors } = start(env)
      assert.deepEqual(await ended, { code: 1, signal: null })
      assert.equal(errors(), error)
    }
  } finally {
    taken.close()
  }
})

test('a slow start is a warm-up, and a graceful stop is announced to Alertmanager', async (t) => {
  const posted: unknown[] = []
  const alertmanager = createServer(async (request, response) => {
    if (request.method === 'POST') posted.push(JSON.parse((await request.toArray()).join('')))
    response.setHeader('content-type', 'application/json').end(request.method === 'POST' ? '{"silenceID":"1"}' : '[]')
  })
  alertmanager.listen(0, '127.0.0.1')
  await once(alertmanager, 'listening')
  t.after(() => alertmanager.close())
  const { port } = alertmanager.address() as AddressInfo
  const env = {
    WARM_UP: '3600',
    BOTWATCH_ALERTMANAGER: `http://127.0.0.1:${port}`,
    BOTWATCH_QUIET: 'bot=mcbot,env=paper,alertname!~A|B',
  }
  await running(env, async ({ child, ended, errors, metrics }) => {
    const samples = samplesOf(await (await fetch(metrics)).text())
    assert.equal(samples.get('mcbot_contract_warming_up'), 1)
    const readiness = await fetch(new URL('/readyz', metrics))
    assert.deepEqual([readiness.status, await readiness.text()], [503, 'not ready: warming up\n'])
    child.kill('SIGTERM')
    assert.deepEqual([await ended, errors()], [{ code: 0, signal: null }, ''])
  })
  const [silence, ...more] = posted as readonly { readonly createdBy: string; readonly comment: string }[]
  assert.deepEqual([silence?.createdBy, silence?.comment, more], ['mcbot', 'graceful stop', []])
})

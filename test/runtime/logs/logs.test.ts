import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { events } from '../../../definitions/tradingbot/log-events.ts'
import { createLog } from '../../../runtime/logs/index.ts'
import { logEvent, logEvents, stringField } from '../../../runtime/metrics.ts'
import { ended } from '../../commands/project.ts'

const bot = fileURLToPath(new URL('./bot.ts', import.meta.url))
const run = (options: object, ...more: readonly string[]) =>
  ended(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), bot, JSON.stringify({ secrets: ['my-own-secret'], ...options }), ...more],
    tmpdir(),
  )

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-logs-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const written = [
  {
    level: 'info',
    bot: 'tradingbot',
    event: 'order_filled',
    symbol: 'BTCUSDT',
    side: 'buy',
    price: 65_000,
    amount: 0.01,
    latency_ms: 45.2,
    msg: 'order_filled: BTCUSDT',
  },
  {
    level: 'info',
    bot: 'tradingbot',
    event: 'balance_update',
    balance: 10_523.5,
    pnl: -120.3,
    pnl_pct: -1.13,
    msg: 'balance_update',
  },
  {
    level: 'warn',
    bot: 'tradingbot',
    event: 'risk_alert',
    symbol: 'ETHUSDT',
    limit: 'drawdown',
    error: 'apiKey=[redacted] was used',
    msg: 'risk_alert: ETHUSDT',
  },
  {
    level: 'error',
    bot: 'tradingbot',
    event: 'metric_update_failed',
    of: 'risk_alert',
    error: 'Error: it throws',
    msg: 'metric_update_failed: risk_alert',
  },
  {
    level: 'error',
    bot: 'tradingbot',
    event: 'api_error',
    endpoint: '/order',
    error: '[redacted]',
    latency_ms: 'NaN',
    faults: ['latency_ms is NaN, expected a finite number'],
    msg: 'api_error',
  },
  { level: 'info', bot: 'tradingbot', password: '[redacted]', msg: 'of another library' },
]

/** The lines of JSON without their times, which must be times. */
const lines = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { ts, ...rest } = JSON.parse(line) as { ts: string }
      assert.equal(new Date(ts).toISOString(), ts)
      assert.ok(Math.abs(Date.parse(ts) - Date.now()) < 60_000)
      return rest
    })

test('each event is a line of JSON, with its metric updated in the same call, and without secrets', async () => {
  const { status, stdout, stderr } = await run({ console: 'json' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(lines(stdout), written)
  assert.equal(stderr, 'tradingbot_order_latency_ms_count{symbol="BTCUSDT"} 1\ntradingbot_balance_usdt 10523.5\n')
})

test('a person at the console reads one short line for each, heartbeats too where asked for', async () => {
  const { stdout } = await run({ console: 'human', level: 'debug' })
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^[\d-]{10} [\d:]{8} /, '')),
    [
      'INFO  order_filled symbol=BTCUSDT side=buy price=65000 amount=0.01 latency_ms=45.2',
      'INFO  balance_update balance=10523.5 pnl=-120.3 pnl_pct=-1.13',
      'DEBUG heartbeat uptime=5 open_positions=3 balance=10523.5',
      'WARN  risk_alert symbol=ETHUSDT limit=drawdown error="apiKey=[redacted] was used"',
      'ERROR metric_update_failed of=risk_alert error="Error: it throws"',
      'ERROR api_error endpoint=/order error=[redacted] latency_ms=NaN (wrong: latency_ms is NaN, expected a finite number)',
      'INFO  of another library password=[redacted]',
    ],
  )
})

test('files turn over by size, as many as are kept, closed to others, and no line is torn or lost in between', async (t) => {
  const folder = folderFor(t)
  const options = { console: 'off', file: { path: join(folder, 'logs/bot.jsonl'), size: '20k', keep: 100 } }
  const { status, stdout, stderr } = await run(options, 'end', '2000')
  assert.deepEqual([status, stdout], [0, ''], stderr)
  const files = readdirSync(join(folder, 'logs'))
  assert.ok(files.length >= 2, files.join(', '))
  for (const file of files) {
    assert.match(file, /^bot\.\d{4}-\d\d-\d\d\.\d+\.jsonl$/)
    assert.equal((statSync(join(folder, 'logs', file)).mode & 0o007).toString(8), '0')
  }
  const all = files.flatMap((file) => lines(readFileSync(join(folder, 'logs', file), 'utf8')))
  assert.equal(all.length, 2000 + written.length - 1)
})

test('old files go when a new one begins', async (t) => {
  const folder = folderFor(t)
  const options = { console: 'off', file: { path: join(folder, 'bot.jsonl'), size: '20k', keep: 2 } }
  for (let i = 0; i < 2; i++) assert.equal((await run(options, 'end', '400')).status, 0)
  const files = readdirSync(folder)
  const numbers = files.map((file) => Number(file.split('.').at(-2)))
  assert.ok(Math.max(...numbers) > 4, `more were begun than are kept: ${files.join(', ')}`)
  assert.ok(files.length <= 3, files.join(', '))
})

/** Without their order: the line whose write was under way may come last. */
const sorted = (all: readonly object[]) => all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

test('the last lines before a crash are written', async (t) => {
  const folder = folderFor(t)
  const { status, stdout, stderr } = await run({ console: 'json', file: { path: join(folder, 'bot.jsonl') } }, 'crash')
  assert.notEqual(status, 0)
  assert.match(stderr, /Error: crash/)
  assert.deepEqual(sorted(lines(stdout)), sorted(written))
  const [file = ''] = readdirSync(folder)
  assert.deepEqual(sorted(lines(readFileSync(join(folder, file), 'utf8'))), sorted(written))
})

test('a folder that cannot be written is one clear error at the start', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'taken'), '')
  await assert.rejects(
    createLog(events, { bot: 'b', console: 'off', file: { path: join(folder, 'taken/bot.jsonl') } }),
    /^Error: createLog: cannot write .*taken\/bot\.jsonl: /,
  )
})

test('all ten types of the document are declared', () => {
  assert.deepEqual(Object.keys(events).sort(), [
    'api_error',
    'balance_update',
    'heartbeat',
    'order_failed',
    'order_filled',
    'order_placed',
    'position_closed',
    'position_opened',
    'risk_alert',
    'signal_generated',
  ])
})

test('under a test runner what does not fit is thrown', async () => {
  const { log, end } = await createLog(events, { bot: 'b', console: 'off' })
  // @ts-expect-error a balance is a number
  assert.throws(() => log.balance_update({ balance: '7', pnl: 1, pnl_pct: 2 }), {
    name: 'TypeError',
    message: "log.balance_update: balance is '7', expected a finite number",
  })
  // @ts-expect-error there is no such event
  assert.equal(log.balanced, undefined)
  await end()
})

test('a field that every line has already is refused', async () => {
  const taken = logEvents({ odd: logEvent({ help: 'x', level: 'info', fields: { ts: stringField } }) })
  await assert.rejects(createLog(taken, { bot: 'b', console: 'off' }), {
    message: "createLog: odd has a field 'ts', which every line has already: call it something else",
  })
})

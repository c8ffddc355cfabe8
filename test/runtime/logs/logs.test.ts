import assert from 'node:assert/strict'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createLog } from '../../../runtime/logs/index.ts'
import { logEvent, logEvents, stringField } from '../../../runtime/metrics.ts'
import { events } from '../../fixtures/log-pipeline/log-events.ts'
import { skipTest } from '../../servers/skipped.ts'
import { folderFor, parseLines, runBot, spawnBot } from './running.ts'

const begun = Date.now()
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

/** The JSON lines without their timestamps, which must be valid and recent, and without their numbers. */
const lines = (text: string) =>
  parseLines(text).map(({ ts, run: _run, seq: _seq, ...rest }) => {
    assert.equal(new Date(ts).toISOString(), ts)
    assert.ok(begun <= Date.parse(ts) && Date.parse(ts) <= Date.now(), ts)
    return rest
  })

test('each event is one JSON line without secrets, and its metric is updated in the same call', async () => {
  const { status, stdout, stderr } = await runBot({ console: 'json' })
  assert.equal(status, 0, stderr)
  assert.deepEqual(lines(stdout), written)
  assert.equal(stderr, 'tradingbot_order_latency_ms_count{symbol="BTCUSDT"} 1\ntradingbot_balance_usdt 10523.5\n')
})

test('the human console has one short line per event, including heartbeats at level debug', async () => {
  const { stdout } = await runBot({ console: 'human', level: 'debug' })
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
      'ERROR api_error endpoint=/order error=[redacted] latency_ms=NaN (invalid: latency_ms is NaN, expected a finite number)',
      'INFO  of another library password=[redacted]',
    ],
  )
})

test('files rotate by size, are not readable by others, and no line is broken or lost at a rotation', async (t) => {
  const folder = folderFor(t)
  const options = { console: 'off', file: { path: join(folder, 'logs/bot.jsonl'), size: '20k', keep: 100 } }
  const { status, stdout, stderr } = await runBot(options, 'end', '2000')
  assert.deepEqual([status, stdout], [0, ''], stderr)
  const files = readdirSync(join(folder, 'logs'))
  assert.ok(files.length >= 2, files.join(', '))
  for (const file of files) {
    assert.match(file, /^bot\.\d{4}-\d\d-\d\d\.\d+\.jsonl$/)
    assert.equal((statSync(join(folder, 'logs', file)).mode & 0o007).toString(8), '0')
  }
  const all = files.flatMap((file) => parseLines(readFileSync(join(folder, 'logs', file), 'utf8')))
  assert.deepEqual(
    all.map(({ seq }) => seq).sort((a, b) => a - b),
    Array.from({ length: 2000 + written.length - 1 }, (_, i) => i + 1),
  )
})

test('old files are deleted when a new one is started', async (t) => {
  const folder = folderFor(t)
  const options = { console: 'off', file: { path: join(folder, 'bot.jsonl'), size: '20k', keep: 2 } }
  const latest = () => Math.max(0, ...readdirSync(folder).map((file) => Number(file.split('.').at(-2))))
  // How much goes into one file depends on scheduling, but each run starts more than one.
  for (let runs = 0; latest() <= 4; runs++) {
    assert.ok(runs < 5, `${runs} runs did not start more files than are kept: ${readdirSync(folder).join(', ')}`)
    assert.equal((await runBot(options, 'end', '400')).status, 0)
  }
  const files = readdirSync(folder)
  assert.ok(files.length <= 3, files.join(', '))
})

/** Sorted, because a line that was being written may come last. */
const sorted = (all: readonly object[]) => all.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

test('the last lines before a crash are written', async (t) => {
  const folder = folderFor(t)
  const { status, stdout, stderr } = await runBot(
    { console: 'json', file: { path: join(folder, 'bot.jsonl') } },
    'crash',
  )
  assert.notEqual(status, 0)
  assert.match(stderr, /Error: crash/)
  assert.deepEqual(sorted(lines(stdout)), sorted(written))
  const [file = ''] = readdirSync(folder)
  assert.deepEqual(sorted(lines(readFileSync(join(folder, file), 'utf8'))), sorted(written))
})

/** Ways in which the console becomes unwritable. */
const unwritable: Readonly<Record<string, (more: readonly string[]) => ChildProcess>> = {
  'a full disk': (more) => {
    const full = openSync('/dev/full', 'w')
    const child = spawnBot({ console: 'json' }, more, full)
    closeSync(full)
    return child
  },
  'a reader that is gone': (more) => {
    const child = spawnBot({ console: 'json' }, more, 'pipe')
    child.stdout?.destroy()
    return child
  },
}

for (const [what, begin] of Object.entries(unwritable))
  for (const [ending, code, says] of [
    ['crash', 1, /^Error: crash$/m],
    ['end', 0, /^tradingbot_balance_usdt 10523\.5$/m],
  ] as const)
    test(`${what} is reported once and does not prevent the bot's ${ending}`, async (t) => {
      if (what === 'a full disk' && !existsSync('/dev/full'))
        return skipTest(t, ['/dev/full'], ['run the tests on Linux'])
      const child = begin([ending])
      const [err, [status, signal]] = await Promise.all([text(child.stderr as Readable), once(child, 'close')])
      assert.deepEqual({ status, signal }, { status: code, signal: null }, `its output:\n${err}`)
      assert.match(err, says)
      assert.equal(err.match(/^botwatch: the log cannot be written: (?:ENOSPC|EPIPE): /gm)?.length, 1, err)
    })

test('a reader that has stopped reading does not prevent a bot from exiting', async () => {
  const child = spawnBot({ console: 'json' }, ['crash', '4000'], 'pipe')
  const [err, [status, signal]] = await Promise.all([text(child.stderr as Readable), once(child, 'exit')])
  child.stdout?.destroy()
  assert.deepEqual({ status, signal }, { status: 1, signal: null }, `its output:\n${err}`)
  assert.match(err, /^botwatch: the log cannot be written: EAGAIN: /m)
})

test('closing the log does not wait forever for a reader that has stopped reading', async () => {
  const child = spawnBot({ console: 'json' }, ['end', '4000'], 'pipe')
  let err = ''
  for await (const part of child.stderr as Readable) {
    err += part
    // Only after it has continued without its reader.
    if (err.includes('tradingbot_balance_usdt 10523.5')) child.stdout?.destroy()
  }
  assert.deepEqual([child.exitCode ?? (await once(child, 'exit'))[0], child.signalCode], [0, null], err)
})

test('a slow reader gets all of the last lines, each once', async () => {
  const child = spawnBot({ console: 'json' }, ['crash', '4000'], 'pipe')
  // Start reading only after the pipe is full and the bot has failed to write the rest.
  await once(child.stderr as Readable, 'data')
  await delay(500)
  const [out, [status]] = await Promise.all([text(child.stdout as Readable), once(child, 'close')])
  assert.equal(status, 1)
  assert.deepEqual(
    sorted(lines(out)),
    sorted([...Array.from({ length: 3999 }, () => written[0] as object), ...written]),
  )
})

test('a folder that is not writable is one clear error at the start', async (t) => {
  const folder = folderFor(t)
  writeFileSync(join(folder, 'taken'), '')
  await assert.rejects(
    createLog(events, { bot: 'b', console: 'off', file: { path: join(folder, 'taken/bot.jsonl') } }),
    /^Error: createLog: cannot write .*taken\/bot\.jsonl: /,
  )
})

test('all ten event types of the document are declared', () => {
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

test('under a test runner an invalid field throws', async () => {
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

test('a field that lines already have is refused', async () => {
  for (const word of ['ts', 'run', 'seq', 'module']) {
    const taken = logEvents({ odd: logEvent({ help: 'x', level: 'info', fields: { [word]: stringField } }) })
    await assert.rejects(createLog(taken, { bot: 'b', console: 'off' }), {
      message: `createLog: odd has a field '${word}', which lines already have: rename the field`,
    })
  }
})

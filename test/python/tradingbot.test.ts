import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { tradingbot } from '../../definitions/tradingbot/index.ts'
import { bookedFill, type Position } from '../../demo/tradingbot/trading/position.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { pythonOutput } from '../../generators/outputs/python/python.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { samplesOf } from '../demo/paper-run.ts'
import { logReport, metricsReport } from '../demo/tradingbot/contract.ts'
import { type Line, linesInLog, tradingRun } from '../demo/tradingbot/trading-run.ts'
import { needsMypy, needsPython, type Python } from '../verify/python.ts'
import { linesIn, logFolder } from '../verify/python-logs.ts'

// The bot of the log pipeline in Python, on its generated module, plays what happened to the paper bot.

const modules = mkdtempSync(join(tmpdir(), 'botwatch-python-tradingbot-'))
after(() => rmSync(modules, { recursive: true, force: true }))
for (const [path, module] of pythonOutput(resolve(tradingbot, containerTopology).model))
  writeFileSync(join(modules, path.replace('python/', '')), module)
const program = join(import.meta.dirname, 'tradingbot.py')

type Happening = Readonly<Record<string, unknown>>

/** Fifteen minutes of the paper bot, calm and under faults: its lines and its exposition. */
async function paperTrades() {
  const run = await tradingRun('python', { start: Date.now() })
  run.steps(1000)
  for (const fault of ['api-errors', 'failing-orders', 'slow-orders'] as const) {
    run.turn(fault, true)
    run.steps(200)
    run.turn(fault, false)
    run.steps(100)
  }
  const exposition = await run.text()
  return { exposition, lines: linesInLog(await run.end()) }
}

/** An exchange that knows only what was filled there, for what the bot compares its books with. */
function standInExchange(at: number) {
  let wallet = 10_000
  const positions = new Map<string, Position>()
  const orders = new Set<string>()
  return {
    see: ({ event, symbol, side, price, amount, order_id }: Line) => {
      if (event === 'order_placed') orders.add(String(order_id))
      if (event === 'order_filled' || event === 'order_failed') orders.delete(String(order_id))
      if (event !== 'order_filled') return
      const size = (side === 'buy' ? 1 : -1) * Number(amount)
      const { position, realized, fee } = bookedFill(positions.get(String(symbol)) ?? null, size, Number(price))
      wallet += realized - fee
      if (position === null) positions.delete(String(symbol))
      else positions.set(String(symbol), position)
    },
    says: (): Happening => ({
      what: 'reconcile',
      wallet,
      positions: Object.fromEntries([...positions].map(([symbol, { size }]) => [symbol, size])),
      stops: [...positions.keys()],
      orders: [...orders],
      at,
    }),
  }
}

/** What the exchange did, without what the bot makes of it: an order, its fill or failure, the account, and what is there. */
function happeningsIn(lines: readonly Line[]): readonly Happening[] {
  const at = Date.now() / 1000
  const exchange = standInExchange(at)
  return lines.flatMap((line, i) => {
    exchange.see(line)
    const isSeen = line.event === 'balance_update' || i === lines.length - 1
    return [...happeningsOf(line, lines[i + 1], at), ...(isSeen ? [exchange.says()] : [])]
  })
}

function happeningsOf(line: Line, next: Line | undefined, at: number): readonly Happening[] {
  const { event, level: _l, bot: _b, msg: _m, ...fields } = line
  if (event === 'signal_generated') return [{ what: 'signal', ...fields }]
  if (event === 'order_placed') return [{ what: 'order', ...fields }]
  const { order_id, price, latency_ms, reason, error } = fields
  if (event === 'order_filled') {
    const balance = next?.['balance']
    return [{ what: 'fill', order_id, price, latency_ms, ...(balance === undefined ? {} : { balance }) }]
  }
  if (event === 'order_failed') return [{ what: 'failure', order_id, reason, error }]
  if (event === 'api_error') return [{ what: 'failed_call', ...fields }]
  if (event === 'balance_update') return [{ what: 'account', ...fields, at }]
  const { uptime, balance } = fields
  return event === 'heartbeat' ? [{ what: 'beat', uptime, balance, at }] : []
}

/** Plays happenings in Python, by default with the bot itself; what it prints, and what it complains about. */
async function played(
  python: Python,
  file: string,
  happenings: readonly Happening[],
  { run = program, orders = [] as readonly string[] } = {},
) {
  const child = spawn(python.command, [run, file, ...orders], {
    cwd: modules,
    env: { ...python.env, PYTHONPATH: [python.env['PYTHONPATH'], modules, import.meta.dirname].join(':') },
  })
  const [printed, complaints] = [text(child.stdout), text(child.stderr)]
  child.stdin.end(happenings.map((one) => `${JSON.stringify(one)}\n`).join(''))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, printed: await printed, complaints: await complaints }
}

const said = (lines: readonly string[]): readonly object[] =>
  lines.map((line) => {
    const { ts: _ts, run: _run, seq: _seq, module, ...rest } = JSON.parse(line)
    assert.equal(module, 'tradingbot')
    return rest
  })

const ofLines =
  /^tradingbot_(orders(_placed|_failed)?_total|signals_total|api_errors_total|order_latency_ms_(sum|count|bucket)|slippage_bps_bucket)\{/
/** The series that lines set, whatever the order of their labels. */
const setByLines = (exposition: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...samplesOf(exposition)]
      .filter(([series, value]) => ofLines.test(series) && value !== 0)
      .map(([series, value]) => {
        const [, name = '', labels = ''] = /^(\w+)\{(.*)\}$/.exec(series) ?? []
        return [`${name}{${labels.split(',').toSorted().join(',')}}`, value] as const
      })
      .toSorted(([a], [b]) => a.localeCompare(b)),
  )

test('for the same trades, Python and TypeScript write the same lines and the same figures, which fit the contract', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  const { exposition, lines } = await paperTrades()
  const { code, printed, complaints } = await played(python, join(folder, 'tradingbot.jsonl'), happeningsIn(lines))
  assert.deepEqual([code, complaints], [0, ''])
  const written = linesIn(folder)
  assert.deepEqual(said(written), lines)
  assert.deepEqual(setByLines(printed), setByLines(exposition))
  assert.deepEqual(ofBooks(printed), ofBooks(exposition))
  assert.deepEqual((await logReport(`${written.join('\n')}\n`)).findings, [])
  assert.deepEqual(metricsReport(printed).findings, [])
})

const books =
  /^tradingbot_(reconciliation_differences\{|(positions_without_stop|open_orders|unresolved_orders|oldest_unresolved_order_timestamp|api_key_valid)$)/
/** What the books say, and what the exchange says of them. */
const ofBooks = (exposition: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...samplesOf(exposition)].filter(([series]) => books.test(series)).toSorted(([a], [b]) => a.localeCompare(b)),
  )

test('the Python bot compares its books with the exchange: no figure of them is a constant', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const file = join(logFolder(t), 'bot.jsonl')
  const before = { wallet: 10_000, positions: {}, stops: [], orders: [], at: 1 }
  const { printed } = await played(python, file, [
    { what: 'reconcile', ...before },
    ...someTrades,
    { what: 'order', order_id: 'two', symbol: 'ETHUSDT', side: 'buy', price: 3200, amount: 0.1 },
    { what: 'accepted', order_id: 'two' },
    { what: 'order', order_id: 'lost', symbol: 'SOLUSDT', side: 'buy', price: 150, amount: 1 },
    { what: 'failed_call', symbol: 'SOLUSDT', endpoint: 'order', kind: 'auth', error: '401', latency_ms: 3 },
    { what: 'reconcile', ...before, positions: { SOLUSDT: 1 }, orders: ['by-hand', 'by-app'], at: 2 },
  ])
  const { tradingbot_oldest_unresolved_order_timestamp: sent, ...figures } = ofBooks(printed)
  assert.ok(Math.abs((sent ?? 0) - Date.now() / 1000) < 600, `${sent}`)
  assert.deepEqual(figures, {
    tradingbot_api_key_valid: 0,
    tradingbot_open_orders: 3,
    tradingbot_positions_without_stop: 1,
    // bought BTC is not there, and SOL is
    'tradingbot_reconciliation_differences{difference="balance"}': 1,
    'tradingbot_reconciliation_differences{difference="open_order"}': 1,
    'tradingbot_reconciliation_differences{difference="orphan"}': 2,
    'tradingbot_reconciliation_differences{difference="position"}': 2,
    tradingbot_unresolved_orders: 1,
  })
})

test('a Python bot that is started again knows the orders that it had sent, and writes their ends', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  const [signal, order, fill] = someTrades as [Happening, Happening, Happening]
  const orders = [join(folder, 'orders.json')]
  const play = (name: string, happenings: readonly Happening[]) =>
    played(python, join(folder, name, 'bot.jsonl'), happenings, { orders })
  const accepted = { what: 'accepted', order_id: 'one' }
  assert.equal(samplesOf((await play('before', [signal, order, accepted])).printed).get('tradingbot_open_orders'), 1)
  assert.equal(samplesOf((await play('then', [])).printed).get('tradingbot_unresolved_orders'), 1)
  const after = await play('after', [fill])
  assert.deepEqual([after.code, after.complaints], [0, ''])
  assert.equal(samplesOf(after.printed).get('tradingbot_unresolved_orders'), 0)
  assert.deepEqual(
    linesIn(join(folder, 'after')).map((line) => JSON.parse(line).event),
    ['order_filled', 'position_opened'],
  )
})

test('heartbeat_age of the Python bot grows when its loop stops', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const run = join(logFolder(t), 'stopped.py')
  writeFileSync(
    run,
    `import sys, time
clock = [1000.0]
time.monotonic = lambda: clock[0]
from prometheus_client import CollectorRegistry
from tradingbot import begin
registry = CollectorRegistry()
bot, log = begin(registry, sys.argv[1])
def later(seconds):
    clock[0] += seconds
    print(registry.get_sample_value("tradingbot_heartbeat_age"))
later(200)
bot.play({"what": "beat", "uptime": 0, "balance": 1, "at": 1})
later(0)
later(200)
log.close()
`,
  )
  const { printed, complaints } = await played(python, join(logFolder(t), 'bot.jsonl'), [], { run })
  assert.deepEqual([printed, complaints], ['200.0\n0.0\n200.0\n', ''])
})

test('a log that cannot be opened does not keep the Python bot from trading: its lines are printed', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  writeFileSync(join(folder, 'taken'), '')
  const { code, printed, complaints } = await played(python, join(folder, 'taken', 'bot.jsonl'), someTrades)
  assert.deepEqual(
    [code, complaints.replaceAll(folder, '.')],
    [0, 'tradingbot: cannot write ./taken/bot.jsonl: File exists: its lines are printed\n'],
  )
  assert.equal(printed.split('\n').filter((line) => line.startsWith('{')).length, linesOfTrades)
  assert.equal(samplesOf(metricsPrinted(printed)).get(filled), 1)
})

test('a full disk costs the Python bot its lines, and neither a trade nor a figure', async (t) => {
  const python = await needsPython(t)
  if (python === undefined) return
  const folder = logFolder(t)
  const limited = join(folder, 'limited.py')
  writeFileSync(
    limited,
    `import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))
runpy.run_path(${JSON.stringify(program)}, run_name="__main__")
`,
  )
  const { code, printed, complaints } = await played(python, join(folder, 'logs/bot.jsonl'), someTrades, {
    run: limited,
  })
  assert.deepEqual([code, complaints], [0, 'botwatch: the log cannot be written: File too large\n'])
  assert.equal(samplesOf(printed).get(filled), 1)
})

/** A signal, its order and its fill. */
const someTrades: readonly Happening[] = [
  { what: 'signal', symbol: 'BTCUSDT', side: 'buy', price: 65_000 },
  { what: 'order', order_id: 'one', symbol: 'BTCUSDT', side: 'buy', price: 65_000, amount: 0.01 },
  { what: 'fill', order_id: 'one', price: 65_010, latency_ms: 45.2 },
]
const linesOfTrades = 4
const filled = 'tradingbot_orders_total{side="buy",symbol="BTCUSDT"}'
const metricsPrinted = (printed: string) =>
  printed
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n')

test('mypy --strict finds nothing in the Python bot', async (t) => {
  const python = await needsMypy(t)
  if (python === undefined) return
  const check = `
import sys
from mypy import api
print(*api.run(["--strict", "--no-incremental", "--no-error-summary", "--python-version", "3.12", *sys.argv[1:]])[:2], sep="")
`
  assert.equal((await python.run(check, modules, [program, 'tradingbot_metrics.py'])).trimEnd(), '')
})

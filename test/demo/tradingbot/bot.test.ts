import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createSwitches } from '../../../demo/paper/faults/switches.ts'
import { createExchange } from '../../../demo/tradingbot/exchange/exchange.ts'
import type { FaultName } from '../../../demo/tradingbot/faults/list.ts'
import { bookedFill } from '../../../demo/tradingbot/trading/position.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { type Line, linesInLog, tradingRun } from './trading-run.ts'

const tenMinutes = 1200

/** Faults under which lines are lost, orders fail, or calls do. */
const eventful: readonly FaultName[] = ['api-errors', 'slow-orders', 'slippage', 'lost-order', 'failing-orders']

test('log and metrics agree exactly: each line is one of its counter, with the same figures', async () => {
  const run = await tradingRun('agree')
  run.steps(tenMinutes)
  for (const fault of eventful) {
    run.turn(fault, true)
    run.steps(200)
    run.turn(fault, false)
    run.steps(50)
  }
  const samples = await run.samples()
  const lines = linesInLog(await run.end())
  assert.deepEqual(countersOf(samples), countedIn(lines))
  assert.ok(lines.length > 300, `${lines.length}`)
})

/** The counters and histograms that lines set, by series; the untouched ones are left out. */
function countersOf(samples: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  const set =
    /^tradingbot_(orders(_placed|_failed)?_total|signals_total|api_errors_total|order_latency_ms_(sum|count))\{|^tradingbot_slippage_bps_bucket\{.*le="(0\.0|10\.0|\+Inf)"/
  return sorted([...samples].filter(([series, value]) => set.test(series) && value !== 0))
}

/** What the lines say that these series are. */
function countedIn(lines: readonly Line[]): Readonly<Record<string, number>> {
  const counted = new Map<string, number>()
  const add = (name: string, line: Line, labels: readonly string[], amount: unknown = 1) => {
    const shown = labels.map((label) => `${label}="${line[label]}"`).join(',')
    const series = `tradingbot_${name}{${shown}}`
    counted.set(series, (counted.get(series) ?? 0) + Number(amount))
  }
  for (const line of lines) {
    const { event } = line
    if (event === 'signal_generated') add('signals_total', line, ['symbol'])
    if (event === 'order_placed') add('orders_placed_total', line, ['symbol', 'side'])
    if (event === 'order_failed') add('orders_failed_total', line, ['symbol', 'reason'])
    if (event === 'api_error') add('api_errors_total', line, ['endpoint', 'kind'])
    if (event !== 'order_filled') continue
    add('orders_total', line, ['symbol', 'side'])
    add('order_latency_ms_count', line, ['symbol'])
    add('order_latency_ms_sum', line, ['symbol'], line['latency_ms'])
    // a histogram with bounds below zero has no sum: three of its buckets
    const slippage = Number(line['slippage_bps'])
    for (const le of ['0.0', '10.0', '+Inf'])
      if (le === '+Inf' || slippage <= Number(le)) add('slippage_bps_bucket', { ...line, le }, ['symbol', 'side', 'le'])
  }
  return sorted([...counted])
}

const sorted = (series: readonly (readonly [string, number])[]) =>
  Object.fromEntries(series.toSorted(([a], [b]) => a.localeCompare(b)))

test('every order that was placed has one end in the log, and every position that was opened is closed or held', async () => {
  const run = await tradingRun('ends')
  run.steps(tenMinutes)
  run.turn('no-signals', true)
  run.steps(20)
  const samples = await run.samples()
  const lines = linesInLog(await run.end())
  const idsOf = (...events: readonly string[]) =>
    lines
      .filter(({ event }) => events.includes(event))
      .map((line) => String(line['order_id']))
      .sort()
  assert.deepEqual(idsOf('order_filled', 'order_failed'), idsOf('order_placed'))
  const count = (wanted: string) => lines.filter(({ event }) => event === wanted).length
  assert.equal(count('position_opened') - count('position_closed'), samples.get('tradingbot_open_positions'))
})

test('runs with the same seed are the same, and others are not', async () => {
  const [one, same, other] = await Promise.all(
    ['a', 'a', 'b'].map(async (seed) => {
      const run = await tradingRun(seed)
      run.steps(400)
      const text = await run.text()
      return { text, lines: linesInLog(await run.end()) }
    }),
  )
  assert.deepEqual(one, same)
  assert.notDeepEqual(one?.lines, other?.lines)
})

test('the books agree with the exchange after hours of trading, and the account is not used up', async () => {
  const run = await tradingRun('hours')
  run.steps(6 * 7200)
  const samples = await run.samples()
  const differences = [...samples].filter(([series]) => series.startsWith('tradingbot_reconciliation_differences'))
  assert.deepEqual(
    differences.map(([, value]) => value),
    [0, 0, 0, 0],
  )
  const balance = samples.get('tradingbot_balance_usdt') as number
  assert.ok(balance > 9800 && balance < 11_000, `${balance}`)
  await run.end()
})

test('only a loop that runs sends heartbeats', async () => {
  const run = await tradingRun('beats')
  run.steps(10)
  run.turn('freeze', true)
  run.steps(60)
  assert.equal(run.beats(), 10)
  assert.equal((await run.samples()).get('tradingbot_heartbeat_age'), 30)
  await run.end()
})

test('stops are counted by the reconciliation, also while the balance is not read', async () => {
  const run = await tradingRun('stops')
  for (let held = 0; held === 0; held = (await run.samples()).get('tradingbot_open_positions') ?? 0) run.steps(20)
  run.turn('balance-stale', true)
  run.turn('no-signals', true)
  run.steps(20)
  const read = (await run.samples()).get('tradingbot_balance_timestamp')
  run.turn('no-stop', true)
  run.steps(40)
  const samples = await run.samples()
  assert.equal(samples.get('tradingbot_balance_timestamp'), read)
  assert.ok((samples.get('tradingbot_positions_without_stop') as number) > 0)
  await run.end()
})

test('account, positions, the time of the last fill and transfers outlive a restart', async (t) => {
  const state = temporaryFolder(t)
  const before = await tradingRun('restart', { state })
  before.steps(tenMinutes)
  before.turn('drawdown', true)
  before.steps(20)
  before.turn('drawdown', false)
  before.turn('withdrawal', true)
  before.turn('no-signals', true)
  before.steps(40)
  const had = await before.samples()
  await before.end()
  const after = await tradingRun('restart', { state, start: before.now() })
  after.steps(1)
  const has = await after.samples()
  for (const name of ['open_positions', 'last_order_timestamp', 'usual_trade_gap_seconds'])
    assert.equal(has.get(`tradingbot_${name}`), had.get(`tradingbot_${name}`), name)
  const differences = [...has].filter(([series]) => series.startsWith('tradingbot_reconciliation_differences'))
  assert.deepEqual(
    differences.map(([, value]) => value),
    [0, 0, 0, 0],
  )
  // what was withdrawn is deposited again, and counted as a deposit
  const withdrawn = had.get('tradingbot_withdrawals_usdt_total') as number
  assert.ok(withdrawn > 1500 && Math.abs((has.get('tradingbot_deposits_usdt_total') as number) - withdrawn) < 1e-6)
  assert.equal(has.get('tradingbot_withdrawals_usdt_total'), 0)
  // the market begins again, so the balance moves by what open positions are worth
  assert.ok(Math.abs((has.get('tradingbot_balance_usdt') as number) - 10_000) < 150)
  assert.ok((has.get('tradingbot_max_drawdown') as number) > -0.02)
  await after.end()
})

for (const [when, start, pause] of [
  ['on the same day', '12:00', 20],
  ['over midnight', '23:50', 30],
] as const)
  test(`a loss while the bot is down is a drawdown and one of today, ${when}: peak and opening balance are kept`, async (t) => {
    const state = temporaryFolder(t)
    const before = await tradingRun('down', { state, start: Date.parse(`2026-01-15T${start}Z`) })
    before.turn('no-signals', true)
    before.steps(100)
    assert.equal((await before.samples()).get('tradingbot_peak_balance'), 10_000)
    const since = (await before.samples()).get('tradingbot_peak_since_timestamp')
    await before.end()
    const account = join(state, 'exchange.json')
    writeFileSync(account, readFileSync(account, 'utf8').replace('"wallet":10000', '"wallet":9400'))

    const after = await tradingRun('down', { state, start: before.now() + pause * 60_000 })
    after.turn('no-signals', true)
    after.steps(1)
    const samples = await after.samples()
    const figures = ['peak_balance', 'max_drawdown', 'daily_pnl', 'daily_pnl_pct']
    assert.deepEqual(
      figures.map((name) => samples.get(`tradingbot_${name}`)),
      [10_000, -0.06, -600, -6],
    )
    assert.equal(samples.get('tradingbot_peak_since_timestamp'), since)
    assert.equal(samples.get('tradingbot_state_errors_total'), 0)
    await after.end()
  })

test('a peak file that is damaged is counted, and a peak that is lost says since when the new one is kept', async (t) => {
  t.mock.method(console, 'warn', () => {})
  const state = temporaryFolder(t)
  const before = await tradingRun('damaged', { state })
  before.steps(20)
  await before.end()
  writeFileSync(join(state, 'peak-balance.json'), '{"peak":')
  const after = await tradingRun('damaged', { state, start: before.now() + 60_000 })
  after.steps(20)
  const samples = await after.samples()
  assert.equal(samples.get('tradingbot_state_errors_total'), 1)
  assert.equal(samples.get('tradingbot_peak_since_timestamp'), (before.now() + 60_500) / 1000)
  await after.end()
})

test('a stop at the exchange closes its position while the bot does nothing', () => {
  let price = 100
  const market = { step: () => {}, price: () => price, deviation: () => 0 }
  const exchange = createExchange(market, createSwitches<FaultName>(), null)
  const order = { id: 'one', symbol: 'SOLUSDT', side: 'buy', amount: 2, price } as const
  assert.equal(exchange.place(order, { latencyMs: 100, slippage: 0, expires: false }), null)
  exchange.step()
  exchange.setStop('SOLUSDT', 97)
  price = 98
  exchange.step()
  assert.equal(exchange.account().positions.size, 1)
  price = 96
  exchange.step()
  assert.equal(exchange.account().positions.size, 0)
  assert.deepEqual(exchange.reports(), [
    { kind: 'filled', order, price: 100, latencyMs: 100, change: { kind: 'opened' } },
    { kind: 'stopped', symbol: 'SOLUSDT', price: 96 },
  ])
  // two coins lost four USDT each, and two fills cost a hundredth of a percent
  assert.equal(exchange.account().wallet.toFixed(4), (10_000 - 8 - 0.02 - 0.0192).toFixed(4))
})

const fills = [
  { what: 'a first fill opens', before: null, size: 2, price: 10, position: { size: 2, entry: 10 }, realized: 0 },
  {
    what: 'a second one averages the entry',
    before: { size: 2, entry: 10 },
    size: 2,
    price: 20,
    position: { size: 4, entry: 15 },
    realized: 0,
  },
  {
    what: 'an opposite one closes a part',
    before: { size: 4, entry: 15 },
    size: -1,
    price: 20,
    position: { size: 3, entry: 15 },
    realized: 5,
  },
  { what: 'or all of it', before: { size: -3, entry: 15 }, size: 3, price: 10, position: null, realized: 15 },
  {
    what: 'or turns it round',
    before: { size: 1, entry: 10 },
    size: -3,
    price: 12,
    position: { size: -2, entry: 12 },
    realized: 2,
  },
] as const
for (const { what, before, size, price, position, realized } of fills)
  test(`a fill is booked: ${what}`, () => {
    assert.deepEqual(bookedFill(before, size, price), { position, realized, fee: Math.abs(size) * price * 0.0001 })
  })

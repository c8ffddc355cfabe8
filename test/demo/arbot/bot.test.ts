import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromMicros } from '../../../demo/arbot/amount.ts'
import type { FaultName } from '../../../demo/arbot/faults/list.ts'
import { coins, exchangeNames, exchanges } from '../../../demo/arbot/setting.ts'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { type ArbitrageLine, arbitrageLines, arbitrageRun } from './arbitrage-run.ts'

const tenMinutes = 1200
type Run = Awaited<ReturnType<typeof arbitrageRun>>

/** Faults under which lines are lost, legs fail, capital moves, or calls do. */
const eventful: readonly FaultName[] = [
  'failing-orders',
  'slippage',
  'errors',
  'one-sided',
  'exposure',
  'daily-loss',
  'outage',
]

test('at every scrape the capital is the cash and assets at the exchanges and under way, to the millionth', async () => {
  const run = await arbitrageRun('capital')
  run.steps(1)
  let deposited: number | null = null
  for (const fault of eventful)
    for (const on of [true, false]) {
      run.turn(fault, on)
      // what an exchange settled is known once the account is read, every ten seconds; a fill as soon as it is reported
      const stride = fault === 'daily-loss' ? 20 : 7
      if (fault === 'daily-loss') run.steps(20 - (run.count() % 20) + 1)
      for (let i = 0; i < 10; i++) {
        run.steps(stride)
        deposited = await addsUp(run, deposited)
      }
    }
  await run.end()
})

/** Adds up what the exchanges say they hold, and compares it with what the bot exposes; returns what was deposited. */
async function addsUp(run: Run, deposited: number | null): Promise<number> {
  const samples = await run.samples()
  const { exchanges: venues, books, prices, transfers } = run.bot
  const figure = (series: string) => samples.get(`arbot_${series}`) as number
  for (const [name, venue] of venues) {
    const { holdings } = venue.account()
    assert.deepEqual(sortedHoldings(books.holdings(name)), sortedHoldings(holdings), name)
    const worth = Object.entries(holdings).reduce(
      (sum, [asset, amount]) => sum + fromMicros(amount) * prices.of(asset as 'BTC'),
      0,
    )
    close(figure(`capital_usd{exchange="${name}"}`), worth, name)
  }
  const under = transfers.underWay()
  const capitals = exchangeNames.reduce((sum, name) => sum + figure(`capital_usd{exchange="${name}"}`), 0)
  const total = capitals + coins.reduce((sum, coin) => sum + fromMicros(under[coin] ?? 0) * prices.of(coin), 0)
  const paid = total - figure('pnl_total_usd')
  if (deposited !== null) close(paid, deposited, 'capital less PnL is what was deposited')
  for (const coin of coins) {
    const held = exchangeNames.reduce((sum, name) => sum + (books.holdings(name)[coin] ?? 0), under[coin] ?? 0)
    close(figure(`net_exposure_usd{asset="${coin}"}`), fromMicros(held) * prices.of(coin), coin)
  }
  return deposited ?? paid
}

const sortedHoldings = (holdings: object) => Object.entries(holdings).sort(([a], [b]) => a.localeCompare(b))
const close = (a: number, b: number, what: string) => assert.ok(Math.abs(a - b) < 1e-6, `${what}: ${a}, expected ${b}`)

test('log and metrics agree exactly: each fill in the log is one in the counters, with the same figures', async () => {
  const run = await arbitrageRun('agree')
  run.steps(tenMinutes)
  for (const fault of eventful) {
    run.turn(fault, true)
    run.steps(120)
    run.turn(fault, false)
    run.steps(60)
  }
  const samples = await run.samples()
  const lines = arbitrageLines(await run.end())
  assert.deepEqual(countersOf(samples), countedIn(lines))
  assert.ok(lines.filter(({ event }) => event === 'leg_filled').length > 100)
})

const counted = {
  leg_filled: ['order_execution_latency_ms_count', ['exchange']],
  leg_failed: ['order_failures_total', ['exchange', 'reason']],
  round_trip_closed: ['round_trips_total', ['strategy', 'result']],
  exchange_reconnected: ['exchange_reconnects_total', ['exchange']],
  error: ['errors_total', ['component', 'kind']],
} as const

/** The counters that lines set, by series; the untouched ones are left out, as are signals below the minimum edge. */
function countersOf(samples: ReadonlyMap<string, number>) {
  const names = Object.values(counted).map(([name]) => name)
  const set = new RegExp(`^arbot_(${names.join('|')}|order_execution_latency_ms_sum|signals_rejected_total)\\{`)
  const found = [...samples].filter(([series, value]) => set.test(series) && value !== 0)
  return sorted(found.filter(([series]) => !series.includes('below_minimum_edge')))
}

/** What the lines say that these series are. */
function countedIn(lines: readonly ArbitrageLine[]) {
  const sums = new Map<string, number>()
  const add = (name: string, line: ArbitrageLine, labels: readonly string[], amount: unknown = 1) => {
    const shown = labels.map((label) => `${label}="${line[label]}"`).join(',')
    const series = `arbot_${name}{${shown}}`
    sums.set(series, (sums.get(series) ?? 0) + Number(amount))
  }
  for (const line of lines) {
    if (line.event === 'signal_rejected') add('signals_rejected_total', line, ['strategy', 'reason'])
    if (line.event === 'leg_filled') add('order_execution_latency_ms_sum', line, ['exchange'], line['latency_ms'])
    const [name, labels] = counted[line.event as keyof typeof counted] ?? []
    if (name !== undefined && labels !== undefined) add(name, line, labels)
  }
  return sorted([...sums])
}

const sorted = (series: readonly (readonly [string, number])[]) =>
  Object.fromEntries(series.toSorted(([a], [b]) => a.localeCompare(b)))

test('the coins of each exchange are those of the start and of the legs that the log says were filled', async () => {
  const run = await arbitrageRun('replay')
  run.steps(1)
  const before = new Map(exchangeNames.map((name) => [name, run.bot.exchanges.get(name)?.account().holdings]))
  // a transfer is no leg
  run.steps(100)
  const after = new Map(exchangeNames.map((name) => [name, run.bot.exchanges.get(name)?.account().holdings]))
  const fills = arbitrageLines(await run.end()).filter(({ event }) => event === 'leg_filled')
  assert.ok(fills.length > 5, `${fills.length}`)
  for (const name of exchangeNames)
    for (const coin of coins) {
      const moved = fills
        .filter((line) => line['exchange'] === name && String(line['pair']).startsWith(`${coin}-`))
        .reduce((sum, line) => sum + (line['side'] === 'buy' ? 1 : -1) * Math.round(Number(line['amount']) * 1e6), 0)
      const isPaid = coin === 'BTC' && exchanges[name].crossPair
      const found = (after.get(name)?.[coin] ?? 0) - (before.get(name)?.[coin] ?? 0)
      // BTC is also what ETH-BTC is paid with
      if (!isPaid) assert.equal(found, moved, `${name} ${coin}`)
    }
})

test('every leg that was sent is filled, failed or open, and every round trip ends with all of its legs', async () => {
  const run = await arbitrageRun('ends')
  run.steps(tenMinutes)
  run.turn('manual-halt', true)
  run.steps(400)
  const samples = await run.samples()
  const lines = arbitrageLines(await run.end())
  const idsOf = (...events: readonly string[]) =>
    lines
      .filter(({ event }) => events.includes(event))
      .map((line) => String(line['leg_id']))
      .sort()
  assert.deepEqual(idsOf('leg_filled', 'leg_failed'), idsOf('leg_sent'))
  for (const name of exchangeNames) assert.equal(samples.get(`arbot_unhedged_legs{exchange="${name}"}`), 0)
  for (const coin of coins) assert.ok(Math.abs(samples.get(`arbot_net_exposure_usd{asset="${coin}"}`) as number) < 1)
})

test('the bot trades all three strategies, and wins more often than it loses', async () => {
  const run = await arbitrageRun('hour')
  run.steps(6 * tenMinutes)
  const samples = await run.samples()
  await run.end()
  const trips = (strategy: string) =>
    samples.get(`arbot_round_trips_total{strategy="${strategy}",result="profit"}`) as number
  for (const strategy of ['spatial', 'triangular', 'statistical']) assert.ok(trips(strategy) > 5, strategy)
  assert.ok((samples.get('arbot_win_rate') as number) > 0.7)
  assert.ok((samples.get('arbot_drawdown_pct') as number) < 1)
  for (const [series, value] of samples)
    if (series.startsWith('arbot_reconciliation_differences')) assert.equal(value, 0, series)
})

test('runs with the same seed are the same, and others are not', async () => {
  const [one, same, other] = await Promise.all(
    ['a', 'a', 'b'].map(async (seed) => {
      const run = await arbitrageRun(seed)
      run.steps(400)
      return { text: await run.text(), lines: arbitrageLines(await run.end()) }
    }),
  )
  assert.deepEqual(one, same)
  assert.notDeepEqual(one?.lines, other?.lines)
})

test('accounts, PnL, the daily loss and what a fault took outlive a restart', async (t) => {
  const state = temporaryFolder(t)
  const before = await arbitrageRun('restart', { state })
  before.steps(tenMinutes)
  before.turn('manual-halt', true)
  before.steps(400)
  const had = await before.samples()
  await before.end()
  const after = await arbitrageRun('restart', { state, start: before.now() })
  after.steps(1)
  const has = await after.samples()
  await after.end()
  // the market begins again, and everything is hedged
  const figures = ['pnl_total_usd', 'pnl_daily_usd'].map((name) =>
    [had, has].map((at) => at.get(`arbot_${name}`) as number),
  )
  for (const [one, other] of figures) assert.ok(Math.abs((one ?? 0) - (other ?? 0)) < 150, `${one} ${other}`)
  assert.equal(has.get('arbot_pnl_by_day_usd{days_ago="1"}'), had.get('arbot_pnl_by_day_usd{days_ago="1"}'))
  assert.equal(has.get('arbot_win_rate'), had.get('arbot_win_rate'))
})

test('a halt because of the daily loss stays on the next day, although its PnL counts from zero', async () => {
  const run = await arbitrageRun('midnight', { start: Date.UTC(2026, 0, 15, 23, 58) })
  run.steps(60)
  run.turn('daily-loss', true)
  run.steps(400)
  const samples = await run.samples()
  await run.end()
  assert.ok(Math.abs(samples.get('arbot_pnl_daily_usd') as number) < 100)
  assert.equal(samples.get('arbot_trading_halted{reason="daily_loss"}'), 1)
})

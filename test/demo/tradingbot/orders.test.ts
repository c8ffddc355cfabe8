import assert from 'node:assert/strict'
import { test } from 'node:test'
import { temporaryFolder } from '../../fixtures/on-disk.ts'
import { type Line, linesInLog, tradingRun } from './trading-run.ts'

// Orders whose end is not known when the process ends.

const of = (lines: readonly Line[], ...events: readonly string[]) =>
  lines.filter(({ event }) => events.includes(event)).map((line) => String(line['order_id']))
/** The ids of orders without exactly one end. */
const endless = (lines: readonly Line[]) => {
  const ends = of(lines, 'order_filled', 'order_failed')
  return of(lines, 'order_placed').filter((id) => ends.filter((end) => end === id).length !== 1)
}

/** A run that stops one step after an order was sent. */
async function runWithOrder(state: string, turned: (run: Run) => void = () => {}) {
  const run = await tradingRun('in flight', { state })
  run.steps(200)
  turned(run)
  for (const before = await placed(run); (await placed(run)) === before; ) run.steps(1)
  return run
}
type Run = Awaited<ReturnType<typeof tradingRun>>
const placed = async (run: Run) =>
  [...(await run.samples())]
    .filter(([series]) => series.startsWith('tradingbot_orders_placed_total'))
    .reduce((sum, [, value]) => sum + value, 0)

const differences = async (run: Run) =>
  [...(await run.samples())]
    .filter(([series]) => series.startsWith('tradingbot_reconciliation_differences'))
    .map(([, value]) => value)
const figures = async (run: Run, ...names: readonly string[]) => {
  const samples = await run.samples()
  return names.map((name) => samples.get(`tradingbot_${name}`))
}

test('a crash while an order is open: the bot that follows takes it over, and its end is in the log', async (t) => {
  const state = temporaryFolder(t)
  const crashed = await runWithOrder(state)
  assert.deepEqual(await figures(crashed, 'open_orders', 'unresolved_orders'), [1, 0])
  const now = crashed.now()
  const before = linesInLog(await crashed.crash())
  assert.equal(endless(before).length, 1)

  const run = await tradingRun('in flight', { state, start: now + 30_000 })
  run.turn('no-signals', true)
  run.steps(60)
  assert.deepEqual(await figures(run, 'open_orders', 'unresolved_orders'), [0, 0])
  assert.deepEqual(await differences(run), [0, 0, 0, 0])
  assert.deepEqual(endless([...before, ...linesInLog(await run.end())]), [])
})

test('a crash after a fill that the bot had no time to see: it asks the exchange, writes the fill, and the position has its stop', async (t) => {
  const state = temporaryFolder(t)
  const crashed = await runWithOrder(state)
  crashed.turn('freeze', true)
  crashed.steps(20)
  const now = crashed.now()
  const before = linesInLog(await crashed.crash())
  const [id] = endless(before)

  const run = await tradingRun('in flight', { state, start: now })
  run.turn('no-signals', true)
  run.steps(60)
  assert.deepEqual(await figures(run, 'open_orders', 'unresolved_orders', 'positions_without_stop'), [0, 0, 0])
  assert.deepEqual(await differences(run), [0, 0, 0, 0])
  const [held] = await figures(run, 'open_positions')
  const after = linesInLog(await run.end())
  assert.deepEqual(of(after, 'order_filled'), [id])
  const all = [...before, ...after]
  const count = (wanted: string) => all.filter(({ event }) => event === wanted).length
  assert.equal(count('position_opened') - count('position_closed'), held)
})

test('a crash while the answer to an order is lost: the order stays unresolved until the exchange says what became of it', async (t) => {
  const state = temporaryFolder(t)
  const crashed = await runWithOrder(state, (run) => run.turn('lost-order', true))
  crashed.steps(100)
  const [unresolved, sentAt] = await figures(crashed, 'unresolved_orders', 'oldest_unresolved_order_timestamp')
  assert.equal(unresolved, 1)
  const now = crashed.now()
  const before = linesInLog(await crashed.crash())
  const [id] = endless(before)

  const run = await tradingRun('in flight', { state, start: now })
  assert.deepEqual(await figures(run, 'unresolved_orders', 'oldest_unresolved_order_timestamp'), [1, sentAt])
  run.turn('no-signals', true)
  run.turn('lost-order', true)
  run.steps(100)
  assert.deepEqual(await figures(run, 'unresolved_orders', 'oldest_unresolved_order_timestamp'), [1, sentAt])
  run.turn('lost-order', false)
  run.steps(50)
  assert.deepEqual(await figures(run, 'unresolved_orders'), [0])
  const failed = linesInLog(await run.end()).filter(({ event }) => event === 'order_failed')
  assert.deepEqual(
    failed.map(({ order_id, reason, error }) => ({ order_id, reason, error })),
    [{ order_id: id, reason: 'other', error: 'Order does not exist. (-2013)' }],
  )
})

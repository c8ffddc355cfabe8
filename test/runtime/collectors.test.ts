import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createMetrics } from '../../runtime/index.ts'
import { linesOf, runtimeMetrics } from './fixture.ts'

/** Metrics whose equity is computed by `read`, with their log. */
function collecting(read: () => number | undefined | PromiseLike<number | undefined>) {
  const logged: string[] = []
  const metrics = createMetrics(runtimeMetrics, {
    mode: 'lenient',
    log: (line) => logged.push(line.replace(/ \(at [^)]*\);/, ';')),
  })
  metrics.equity_usdt.collect(read)
  metrics.bars_total.inc()
  return { metrics, logged, equity: async () => linesOf(await metrics.render(), 'tb_equity_usdt') }
}
const failures = (text: string): string | undefined =>
  linesOf(text, 'tb_contract_collector_failures_total')
    .find((line) => line.includes('"tb_equity_usdt"'))
    ?.split(' ')
    .at(-1)

test('a collect callback may return a promise: render() and the registry both wait for its value', async () => {
  const { metrics, equity } = collecting(async () => 12.5)
  assert.deepEqual(await equity(), ['tb_equity_usdt 12.5'])
  assert.match(await metrics.registry.metrics(), /^tb_equity_usdt 12\.5$/m)
  assert.deepEqual(metrics.refused(), [])
})

test('a promise that never settles costs only its own series and one second once, and is counted at every scrape', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let asked = 0
  let hangs = true
  let answer: (value: number) => void = () => {}
  const { metrics, logged, equity } = collecting(() => {
    asked += 1
    if (!hangs) return Promise.resolve(4)
    return new Promise<number>((resolve) => {
      answer = resolve
    })
  })
  const page = metrics.render()
  while (asked === 0) await turn()
  t.mock.timers.tick(999)
  assert.equal(await Promise.race([page, turnedTwice()]), undefined, 'the scrape waits for it')
  t.mock.timers.tick(1)
  const text = await page
  assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [])
  assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'])

  // The mocked clock stands still, so the next scrape does not wait for it.
  assert.equal(failures(await metrics.render()), '2')
  assert.equal(asked, 1, 'and does not call the callback again')
  assert.deepEqual(logged, [
    'botwatch: tb_equity_usdt: the promise of the collect callback did not settle within 1000 ms: its series is left out of the scrape; repeats are counted, not logged',
  ])

  hangs = false
  answer(3)
  await turn()
  assert.deepEqual(await equity(), ['tb_equity_usdt 4'], 'the late value is dropped, and the callback is called again')
})

/** Enough turns of the event loop for a scrape to finish once its timeout has fired. */
async function turnedTwice(): Promise<void> {
  await turn()
  await turn()
}

test('a rejected promise, a value that is not a number, or a hostile thenable costs only its own series', async () => {
  const hostile = {
    // biome-ignore lint/suspicious/noThenProperty: a hostile callback can return this
    get then() {
      throw new Error('no')
    },
  }
  const table: readonly (readonly [string, () => unknown, string])[] = [
    [
      'rejected',
      () => Promise.reject(new Error('no connection')),
      "the promise of the collect callback was rejected with 'no connection'",
    ],
    [
      'not a number',
      async () => 'many',
      "the collect callback returned 'many', expected a finite number, or undefined if there is none",
    ],
    ['hostile', () => hostile, "the collect callback threw 'no'"],
  ]
  for (const [name, read, why] of table) {
    const { metrics, logged } = collecting(read as () => number)
    const text = await metrics.render()
    assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [], name)
    assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'], name)
    await metrics.render()
    assert.deepEqual(metrics.refused(), [{ metric: 'tb_equity_usdt', reason: 'reader-failed', count: 2 }], name)
    assert.deepEqual(logged, [
      `botwatch: tb_equity_usdt: ${why}: its series is left out of the scrape; repeats are counted, not logged`,
    ])
  }
})

test('a callback that blocks once is called again; only one that keeps blocking is skipped for a while', async () => {
  let [clock, asked, holds] = [0, 0, 0]
  const logged: string[] = []
  const metrics = createMetrics(runtimeMetrics, { mode: 'lenient', now: () => clock, log: (line) => logged.push(line) })
  metrics.equity_usdt.collect(() => {
    asked += 1
    clock += holds
    return asked
  })
  const scrape = async (hold: number) => {
    holds = hold
    const text = await metrics.render()
    return [linesOf(text, 'tb_equity_usdt')[0] ?? 'absent', failures(text)]
  }
  const table: readonly (readonly [hold: number, line: string, failures: string])[] = [
    [1000, 'tb_equity_usdt 1', '0'],
    [1001, 'tb_equity_usdt 2', '1'],
    [1001, 'tb_equity_usdt 3', '2'],
    [0, 'tb_equity_usdt 4', '2'],
    [1001, 'tb_equity_usdt 5', '3'],
    [1001, 'tb_equity_usdt 6', '4'],
    [2000, 'tb_equity_usdt 7', '5'],
    [0, 'absent', '6'],
  ]
  for (const [hold, line, count] of table) assert.deepEqual(await scrape(hold), [line, count], `${hold} ms`)
  clock += 17_999
  assert.deepEqual(await scrape(0), ['absent', '7'], 'it is skipped for ten times as long as it blocked')
  clock += 1
  assert.deepEqual(await scrape(1001), ['tb_equity_usdt 8', '8'], 'then it is called again')
  assert.deepEqual(await scrape(0), ['absent', '9'], 'and skipped at once if it still blocks')
  assert.match(
    logged[0] ?? '',
    /^botwatch: tb_equity_usdt: the collect callback blocked the event loop for 1001 ms: after 3 slow calls in a row it is skipped for ten times as long/,
  )
})

test('a value that arrived while the bot itself was blocked is not late', async () => {
  let asked: () => void = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  const { metrics, equity } = collecting(async () => {
    const answer = stat(import.meta.filename)
    asked()
    await answer
    return 3
  })
  const page = equity()
  await isAsked
  for (const end = performance.now() + 1300; performance.now() < end; );
  assert.deepEqual(await page, ['tb_equity_usdt 3'])
  assert.deepEqual(metrics.refused(), [])
})

test('removing a series while its value is pending does not affect another series', async () => {
  const metrics = createMetrics(runtimeMetrics)
  const buy = metrics.position_size.bind({ symbol: 'A', side: 'buy' })
  let answer: (value: number) => void = () => {}
  buy.collect(
    () =>
      new Promise<number>((resolve) => {
        answer = resolve
      }),
  )
  const page = metrics.registry.getSingleMetricAsString('tb_position_size')
  await new Promise(setImmediate)
  buy.remove()
  metrics.position_size.set({ symbol: 'B', side: 'buy' }, 7)
  answer(1)
  await page
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), ['tb_position_size{symbol="B",side="buy"} 7'])
})

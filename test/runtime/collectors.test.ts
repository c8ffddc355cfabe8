import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createMetrics } from '../../runtime/index.ts'
import { declared, linesOf } from './fixture.ts'

/** A bot whose equity is computed by this, and whose log is kept. */
function collecting(read: () => number | undefined | PromiseLike<number | undefined>) {
  const logged: string[] = []
  const metrics = createMetrics(declared, {
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

test('a reader may answer later, and its value is in the same scrape, in both ways out', async () => {
  const { metrics, equity } = collecting(async () => 12.5)
  assert.deepEqual(await equity(), ['tb_equity_usdt 12.5'])
  assert.match(await metrics.registry.metrics(), /^tb_equity_usdt 12\.5$/m)
  assert.deepEqual(metrics.refused(), [])
})

test('a reader that hangs costs its own series and at most a second, once, and is counted at every scrape', async (t) => {
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
  assert.equal(await Promise.race([page, turnedTwice()]), undefined, 'it is waited for')
  t.mock.timers.tick(1)
  const text = await page
  assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [])
  assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'])

  // Nobody waits for it again: the clock stands still.
  assert.equal(failures(await metrics.render()), '2')
  assert.equal(asked, 1, 'and it is not asked again')
  assert.deepEqual(logged, [
    'botwatch: tb_equity_usdt: the reader has not answered within 1000 ms: its series is left out until it answers; further ones are counted, not logged',
  ])

  hangs = false
  answer(3)
  await turn()
  assert.deepEqual(await equity(), ['tb_equity_usdt 4'], 'what came late is not told, and it is asked again')
})

/** Long enough for an answer whose time is over to be on the page. */
async function turnedTwice(): Promise<void> {
  await turn()
  await turn()
}

test('a promise that is refused, no number, or hostile costs its own series only', async () => {
  const hostile = {
    // biome-ignore lint/suspicious/noThenProperty: it is what a hostile reader returns
    get then() {
      throw new Error('no')
    },
  }
  const table: readonly (readonly [string, () => unknown, string])[] = [
    ['refused', () => Promise.reject(new Error('no connection')), "the reader was refused with 'no connection'"],
    [
      'no number',
      async () => 'many',
      "the reader returned 'many', expected a finite number, or undefined while there is none",
    ],
    ['hostile', () => hostile, "the reader threw 'no'"],
  ]
  for (const [name, read, why] of table) {
    const { metrics, logged } = collecting(read as () => number)
    const text = await metrics.render()
    assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [], name)
    assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'], name)
    await metrics.render()
    assert.deepEqual(metrics.refused(), [{ metric: 'tb_equity_usdt', reason: 'reader-failed', count: 2 }], name)
    assert.deepEqual(logged, [
      `botwatch: tb_equity_usdt: ${why}: its series is left out until it answers; further ones are counted, not logged`,
    ])
  }
})

test('a reader that was late once on a busy machine is asked again, and only one that always is rests', async () => {
  let [clock, asked, holds] = [0, 0, 0]
  const logged: string[] = []
  const metrics = createMetrics(declared, { mode: 'lenient', now: () => clock, log: (line) => logged.push(line) })
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
  assert.deepEqual(await scrape(0), ['absent', '7'], 'it rests ten times as long as it held the bot up')
  clock += 1
  assert.deepEqual(await scrape(1001), ['tb_equity_usdt 8', '8'], 'then it is asked again')
  assert.deepEqual(await scrape(0), ['absent', '9'], 'and rests at once where it is still late')
  assert.match(
    logged[0] ?? '',
    /^botwatch: tb_equity_usdt: the reader held the bot up for 1001 ms: after 3 times in a row it rests for ten times as long/,
  )
})

test('an answer that came while the bot itself was held up is not late', async () => {
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

test('a series that is removed while its value is awaited takes nothing from another', async () => {
  const metrics = createMetrics(declared)
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

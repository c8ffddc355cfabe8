import assert from 'node:assert/strict'
import { test } from 'node:test'
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

test('a reader that hangs costs its own series and at most a second, once, and is counted at every scrape', async () => {
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
  const began = performance.now()
  const text = await metrics.render()
  const took = performance.now() - began
  assert.ok(took > 900 && took < 5000, `${took} ms`)
  assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [])
  assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'])

  const again = performance.now()
  assert.equal(failures(await metrics.render()), '2')
  assert.ok(performance.now() - again < 900, 'nobody waits for it again')
  assert.equal(asked, 1, 'and it is not asked again')
  assert.deepEqual(logged, [
    'botwatch: tb_equity_usdt: the reader has not answered within 1000 ms: its series is left out until it answers; further ones are counted, not logged',
  ])

  hangs = false
  answer(3)
  await new Promise(setImmediate)
  assert.deepEqual(await equity(), ['tb_equity_usdt 4'], 'what came late is not told, and it is asked again')
})

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

test('a reader that holds the bot up is given a rest, ten times as long', async () => {
  let asked = 0
  const { metrics, logged, equity } = collecting(() => {
    asked += 1
    for (const end = performance.now() + 260; performance.now() < end; );
    return 1
  })
  assert.deepEqual(await equity(), ['tb_equity_usdt 1'], 'what it said is told')
  assert.deepEqual(await equity(), [])
  assert.equal(asked, 1)
  assert.match(logged[0] ?? '', /^botwatch: tb_equity_usdt: the reader held the bot up for \d+ ms; it is asked again/)
  assert.deepEqual(metrics.refused(), [{ metric: 'tb_equity_usdt', reason: 'reader-failed', count: 2 }])
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

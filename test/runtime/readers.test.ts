import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { linesOf, runtimeMetrics } from './fixture.ts'

test('a collect callback is called at every scrape', async () => {
  const metrics = createMetrics(runtimeMetrics)
  let equity = 1
  metrics.equity_usdt.collect(() => equity++)
  metrics.position_size.bind({ symbol: 'A', side: 'buy' }).collect(() => equity * 10)
  const read = async () => {
    const text = await metrics.render()
    return [...linesOf(text, 'tb_equity_usdt'), ...linesOf(text, 'tb_position_size')]
  }
  assert.deepEqual(await read(), ['tb_equity_usdt 1', 'tb_position_size{symbol="A",side="buy"} 20'])
  assert.deepEqual(await read(), ['tb_equity_usdt 2', 'tb_position_size{symbol="A",side="buy"} 30'])
})

test('a collect callback that throws or returns something other than a number costs only its own series, also in strict mode', async () => {
  for (const mode of ['strict', 'lenient'] as const) {
    const logged: string[] = []
    const metrics = createMetrics(runtimeMetrics, { mode, log: (line) => logged.push(line) })
    let broken: () => number = () => {
      throw new Error('no connection')
    }
    metrics.equity_usdt.collect(() => broken())
    metrics.open_orders.bind({ side: 'buy' }).collect(() => Number.NaN)
    metrics.position_size.bind({ symbol: 'A', side: 'sell' }).collect((() => 'many') as never)
    metrics.bars_total.inc()
    const text = await metrics.render()
    assert.deepEqual(linesOf(text, 'tb_equity_usdt'), [])
    assert.deepEqual(linesOf(text, 'tb_position_size'), [])
    assert.deepEqual(linesOf(text, 'tb_open_orders'), ['tb_open_orders{side="sell"} 0'])
    assert.deepEqual(linesOf(text, 'tb_bars_total'), ['tb_bars_total 1'])
    assert.deepEqual(metrics.refused(), [
      { metric: 'tb_equity_usdt', reason: 'reader-failed', count: 1 },
      { metric: 'tb_open_orders', reason: 'reader-failed', count: 1 },
      { metric: 'tb_position_size', reason: 'reader-failed', count: 1 },
    ])
    assert.deepEqual(
      logged.map((line) => line.replace(/ \(at [^)]*\);/, ';')),
      [
        "botwatch: tb_equity_usdt: the collect callback threw 'no connection': its series is left out of the scrape; repeats are counted, not logged",
        'botwatch: tb_open_orders: the collect callback returned NaN, expected a finite number, or undefined if there is none: its series is left out of the scrape; repeats are counted, not logged',
        "botwatch: tb_position_size: the collect callback returned 'many', expected a finite number, or undefined if there is none: its series is left out of the scrape; repeats are counted, not logged",
      ],
    )
    broken = () => 5
    assert.deepEqual(linesOf(await metrics.render(), 'tb_equity_usdt'), ['tb_equity_usdt 5'], 'it is called again')
  }
})

test('undefined means that there is no value now, and is not a failure', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.equity_usdt.collect(() => undefined)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_equity_usdt'), [])
  assert.deepEqual(metrics.refused(), [])
})

test('a second collect callback replaces the first, and removing the series drops it', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.equity_usdt.collect(() => 1)
  metrics.equity_usdt.collect(() => 2)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_equity_usdt'), ['tb_equity_usdt 2'])
  metrics.equity_usdt.remove()
  assert.deepEqual(linesOf(await metrics.render(), 'tb_equity_usdt'), [])
})

test('a collect callback may use metrics itself', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.equity_usdt.collect(() => {
    metrics.fills_total.inc({ symbol: 'A', side: 'buy' })
    metrics.equity_usdt.collect(() => 2)
    return 1
  })
  const text = await metrics.render()
  assert.deepEqual(linesOf(text, 'tb_equity_usdt'), ['tb_equity_usdt 1'])
  assert.deepEqual(linesOf(text, 'tb_fills_total')[0], 'tb_fills_total{symbol="A",side="buy"} 1')
})

test('a collect callback may remove another series and create a new one in its place', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.equity_usdt.collect(() => {
    metrics.position_size.remove({ symbol: 'A', side: 'buy' })
    metrics.position_size.set({ symbol: 'B', side: 'buy' }, 1)
    return 5
  })
  metrics.position_size.bind({ symbol: 'A', side: 'buy' }).collect(() => 2)
  const between = metrics.position_size.bind({ symbol: 'C', side: 'buy' })
  between.collect(() => {
    metrics.position_size.remove({ symbol: 'D', side: 'buy' })
    metrics.position_size.set({ symbol: 'E', side: 'buy' }, 3)
    return 4
  })
  metrics.position_size.bind({ symbol: 'D', side: 'buy' }).collect(() => 6)
  assert.deepEqual(linesOf(await metrics.render(), 'tb_position_size'), [
    'tb_position_size{symbol="C",side="buy"} 4',
    'tb_position_size{symbol="B",side="buy"} 1',
    'tb_position_size{symbol="E",side="buy"} 3',
  ])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, histogram, info, oneOf, open } from '../../runtime/metrics.ts'
import { linesOf, runtimeMetrics } from './fixture.ts'

test('an info has one series at a time, however often it changes', async () => {
  const metrics = createMetrics(runtimeMetrics)
  for (let i = 0; i < 10; i++) metrics.info.set({ version: `1.${i}`, exchange: 'binance' })
  metrics.info.set({ version: '1.9', exchange: 'bybit' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_info'), ['tb_info{version="1.9",exchange="bybit"} 1'])
  metrics.info.set({ version: '1.9', exchange: 'bybit' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_info'), ['tb_info{version="1.9",exchange="bybit"} 1'])
  assert.deepEqual(metrics.refused(), [])
})

test('an info with closed labels is absent until it is set', async () => {
  const metrics = createMetrics(catalogue('tb', { info: info({ help: 'x', labels: { exchange: oneOf('a', 'b') } }) }))
  assert.deepEqual(linesOf(await metrics.render(), 'tb_info'), [])
  metrics.info.set({ exchange: 'a' })
  metrics.info.set({ exchange: 'b' })
  assert.deepEqual(linesOf(await metrics.render(), 'tb_info'), ['tb_info{exchange="b"} 1'])
})

test('inc() and dec() of an unset gauge start from zero', async () => {
  const metrics = createMetrics(runtimeMetrics)
  metrics.equity_usdt.inc(3)
  metrics.equity_usdt.dec()
  metrics.open_orders.dec({ side: 'buy' }, 2)
  metrics.position_size.inc({ symbol: 'A', side: 'buy' }, 0.5)
  const text = await metrics.render()
  assert.deepEqual(
    ['tb_equity_usdt', 'tb_open_orders', 'tb_position_size'].flatMap((name) => linesOf(text, name)),
    [
      'tb_equity_usdt 2',
      'tb_open_orders{side="buy"} -2',
      'tb_open_orders{side="sell"} 0',
      'tb_position_size{symbol="A",side="buy"} 0.5',
    ],
  )
})

test('every observation falls into the first bucket whose bound it does not exceed', async () => {
  const buckets = [-1, 0, 0.5, 2] as const
  const metrics = createMetrics(catalogue('tb', { x: histogram({ help: 'x', buckets }) }))
  const observed = [-5, -1, -0.5, 0, -0, 0.25, 0.5, 0.75, 2, 2.0000001, 1e300]
  for (const value of observed) metrics.x.observe(value)
  const counts = linesOf(await metrics.render(), 'tb_x').map((line) => Number(line.split(' ').at(-1)))
  assert.deepEqual(
    counts,
    [...buckets, Number.POSITIVE_INFINITY].map((le) => observed.filter((v) => v <= le).length),
  )
})

test('more series than fit in one page of cells stay separate', async () => {
  const labels = { symbol: open({ max: 3000 }), side: oneOf('buy', 'sell') }
  const wide = Array.from({ length: 5000 }, (_, i) => `v${i}`)
  const metrics = createMetrics(
    catalogue('tb', {
      fills_total: counter({ help: 'x', labels }),
      wide_total: counter({ help: 'more than a page', labels: { value: oneOf(...wide) } }),
      size: gauge({ help: 'x', labels }),
    }),
  )
  for (let i = 0; i < 3000; i++) {
    metrics.fills_total.inc({ symbol: `S${i}`, side: 'sell' }, i)
    metrics.size.set({ symbol: `S${i}`, side: 'buy' }, i + 0.5)
    metrics.wide_total.inc({ value: `v${i}` }, i)
  }
  const text = await metrics.render()
  const values = (name: string) => linesOf(text, name).map((line) => Number(line.split(' ').at(-1)))
  assert.deepEqual(
    values('tb_fills_total'),
    Array.from({ length: 6000 }, (_, i) => (i % 2 === 0 ? 0 : (i - 1) / 2)),
  )
  assert.deepEqual(
    values('tb_size'),
    Array.from({ length: 3000 }, (_, i) => i + 0.5),
  )
  assert.deepEqual(
    values('tb_wide_total'),
    Array.from({ length: 5000 }, (_, i) => (i < 3000 ? i : 0)),
  )
})

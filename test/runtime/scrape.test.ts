import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createMetrics } from '../../runtime/index.ts'
import { catalogue, counter, gauge, histogram, oneOf, open, stateSet } from '../../runtime/metrics.ts'
import { runtimeMetrics, withoutContractLines } from './fixture.ts'

const symbols = Array.from({ length: 400 }, (_, i) => `COIN${i}USDT`)
const symbol = open({ max: 1000 })
const large = catalogue('tb', {
  cash: gauge({ help: 'First in the exposition.' }),
  latency: histogram({ help: 'x', labels: { symbol, side: oneOf('buy', 'sell') }, buckets: [1, 2, 3, 4, 5, 6, 7, 8] }),
  trades_total: counter({ help: 'x', labels: { symbol } }),
  mode: stateSet({ help: 'x', states: ['paper', 'live', 'shadow'] }),
  position: gauge({ help: 'Last in the exposition: cash and position always add up to 0.' }),
})

test('a scrape shows a single moment, however much the bot writes meanwhile', async () => {
  const metrics = createMetrics(large)
  metrics.expect({ symbol: symbols })
  let writes = 0
  const write = () => {
    const of = symbols[writes % symbols.length] as string
    metrics.cash.set(writes)
    metrics.latency.observe({ symbol: of, side: writes % 2 === 0 ? 'buy' : 'sell' }, writes % 11)
    metrics.trades_total.inc({ symbol: of })
    metrics.mode.set((['paper', 'live', 'shadow'] as const)[writes % 3] as 'live')
    metrics.position.set(-writes)
    writes += 1
  }
  for (let i = 0; i < 1000; i++) write()
  let done = false
  const page = metrics.render().then((text) => {
    done = true
    return text
  })
  let turns = 0
  while (!done) {
    for (let i = 0; i < 50; i++) write()
    await turn()
    turns += 1
  }
  const text = await page
  assert.ok(turns >= 4, `the bot had only ${turns} turns: the scrape was not written in pieces, so this proves nothing`)

  const value = (line: string) => Number(line.slice(line.lastIndexOf(' ')))
  const lines = text.split('\n')
  const valueIn = (name: string) => value(lines.find((line) => line.startsWith(`${name} `)) ?? 'missing')
  assert.ok(valueIn('tb_cash') >= 1000)
  assert.equal(valueIn('tb_cash') + valueIn('tb_position'), 0)

  const observed = lines.filter((line) => line.includes('le="+Inf"')).map(value)
  const counts = lines.filter((line) => line.startsWith('tb_latency_count')).map(value)
  assert.deepEqual(observed, counts)
  const total = counts.reduce((sum, count) => sum + count, 0)
  assert.equal(total, valueIn('tb_cash') + 1, 'histograms are from the same moment as the gauges')
  const trades = lines.filter((line) => line.startsWith('tb_trades_total')).map(value)
  assert.equal(
    trades.reduce((sum, count) => sum + count, 0),
    total,
  )
  const states = lines.filter((line) => line.startsWith('tb_mode{')).map(value)
  assert.equal(
    states.reduce((sum, state) => sum + state, 0),
    1,
  )
})

test('removing or creating series during a scrape does not change that scrape', async () => {
  const labels = { symbol }
  const metrics = createMetrics(
    catalogue('tb', { first: gauge({ help: 'x', labels }), last: gauge({ help: 'x', labels }) }),
  )
  for (const of of symbols) {
    metrics.first.set({ symbol: `${of}${'x'.repeat(150)}` }, 1)
    metrics.last.set({ symbol: `${of}${'x'.repeat(150)}` }, 1)
  }
  const before = await metrics.render()
  let done = false
  const page = metrics.render().then((text) => {
    done = true
    return text
  })
  await turn()
  await turn()
  assert.equal(done, false, 'the exposition is still being written')
  for (const of of symbols) metrics.last.remove({ symbol: `${of}${'x'.repeat(150)}` })
  for (const of of symbols) metrics.first.set({ symbol: `NEW${of}` }, 2)
  assert.equal(await page, before)
  assert.match(await metrics.render(), /NEWCOIN0USDT/)
})

test('the bot gets turns of the event loop even if thousands of series are absent', async () => {
  const labels = { symbol: open({ max: 100 }), of: oneOf(...Array.from({ length: 1000 }, (_, i) => `${i}`)) }
  const metrics = createMetrics(catalogue('tb', { x: gauge({ help: 'x', labels }) }))
  metrics.expect({ symbol: symbols.slice(0, 100) })
  let done = false
  const page = metrics.render().then((text) => {
    done = true
    return text
  })
  let turns = 0
  while (!done) {
    await turn()
    turns += 1
  }
  assert.equal(withoutContractLines(await page), '# HELP tb_x x\n# TYPE tb_x gauge\n')
  assert.ok(turns >= 10, `${turns} turns`)
})

test('concurrent scrapes of one format share an exposition; each format has its own', async () => {
  const metrics = createMetrics(runtimeMetrics)
  let asked = 0
  metrics.equity_usdt.collect(() => ++asked)
  const texts = await Promise.all(Array.from({ length: 50 }, () => metrics.render('text')))
  assert.equal(asked, 1)
  assert.equal(new Set(texts).size, 1)
  const [text, openmetrics] = await Promise.all([metrics.render('text'), metrics.render('openmetrics')])
  assert.match(text, /^tb_equity_usdt 2$/m)
  assert.match(openmetrics, /^tb_equity_usdt 3$/m)
})

test('a scrape that arrives during another sees everything recorded before it arrived', async () => {
  const metrics = createMetrics(large)
  metrics.expect({ symbol: symbols })
  metrics.cash.set(1)
  const first = metrics.render()
  await turn()
  await turn()
  metrics.cash.set(2)
  const second = metrics.render()
  assert.match(await first, /^tb_cash 1$/m)
  assert.match(await second, /^tb_cash 2$/m)
})

test('only one exposition is written at a time, whatever the format and the number of scrapes', async () => {
  const metrics = createMetrics(large)
  metrics.expect({ symbol: symbols })
  const events: string[] = []
  metrics.cash.collect(() => events.push('begin'))
  const page = async (format: 'text' | 'openmetrics') => {
    await metrics.render(format)
    events.push('end')
  }
  const first = page('text')
  // The first one is being written.
  while (events.length === 0) await turn()
  await Promise.all([first, page('openmetrics'), page('text')])
  assert.deepEqual(events, ['begin', 'end', 'begin', 'end', 'begin', 'end'])
})

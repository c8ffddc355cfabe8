import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMetrics } from '../../runtime/index.ts'
import { age, catalogue, counter, gauge, info, open } from '../../runtime/metrics.ts'
import { linesOf } from './fixture.ts'

const symbol = open({ max: 9 })
const tradeMetrics = {
  fills_total: counter({ help: 'Fills.', labels: { symbol } }),
  uptime: gauge({ help: 'Since the start.' }),
}
const chainMetrics = {
  cache_size: gauge({ help: 'Columns.', labels: { symbol }, initially: 0 }),
  fetches_total: counter({ help: 'Fetches.', labels: { symbol, source: open({ max: 3 }) } }),
}
const feedMetrics = {
  feed_age_seconds: age({ help: 'Last message.', labels: { symbol } }),
  info: info({ help: 'What runs.', labels: { version: open({ max: 1 }) } }),
}
const layered = catalogue('tb', [tradeMetrics, chainMetrics, feedMetrics])

async function symbolsOf(metrics: { readonly render: () => Promise<string> }): Promise<Record<string, string>> {
  const text = await metrics.render()
  const of = (name: string) => linesOf(text, `tb_${name}`).map((line) => line.replace(/.*symbol="(.*?)".*/, '$1'))
  const names = ['fills_total', 'cache_size', 'fetches_total', 'feed_age_seconds']
  return Object.fromEntries(names.map((name) => [name, of(name).join(' ')]))
}

test('values are expected of all metrics, of all without some, or only of some', async () => {
  const metrics = createMetrics(layered)
  metrics.expect({ symbol: ['A'] })
  metrics.expect({ symbol: ['B'] }, { without: [metrics.cache_size, feedMetrics] })
  metrics.expect({ symbol: ['C'] }, { only: [metrics.cache_size] })
  metrics.expect({ symbol: ['D'], source: ['x'] }, { only: [chainMetrics, metrics.feed_age_seconds] })
  assert.deepEqual(await symbolsOf(metrics), {
    fills_total: 'A B',
    cache_size: 'A C D',
    // combined with the source as soon as one is known; C is not expected of fetches
    fetches_total: 'A B D',
    feed_age_seconds: 'A D',
  })
  metrics.expect({ source: ['y'] })
  assert.equal((await symbolsOf(metrics))['fetches_total'], 'A B D A B D')
})

test('invalid metrics and groups are refused, and the rest takes effect', async () => {
  const strict = createMetrics(layered, { mode: 'strict' })
  const other = createMetrics(layered)
  const strangers = [
    'cache_size',
    strict.uptime,
    { cache_size: tradeMetrics.uptime },
    {},
    other.fills_total,
    null,
    strict.feed_age_seconds,
  ]
  const neither = 'is neither a metric of this object nor a group of its catalogue'
  assert.throws(() => strict.expect({ symbol: ['A'] }, { only: strangers } as never), {
    code: 'metric-unknown',
    message: `expect: 'cache_size' ${neither}; tb_uptime has no open label; an object ${neither}; an object ${neither}; an object ${neither}; null ${neither}`,
  })
  assert.deepEqual(await symbolsOf(strict), {
    fills_total: '',
    cache_size: '',
    fetches_total: '',
    feed_age_seconds: 'A',
  })
  assert.throws(() => strict.expect({ source: ['x'] } as never, { only: [strict.cache_size] }), {
    code: 'label-undeclared',
    message: "expect: label 'source' is not an open label, expected one of 'symbol'",
  })
  for (const scope of [{}, null, { only: strict.cache_size }, { only: [], without: [] }])
    assert.throws(() => strict.expect({}, scope as never), {
      code: 'metric-unknown',
      message: 'expect: the metrics must be an array, in either `only` or `without`: nothing is expected',
    })
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { bots } from '../../../definitions/index.ts'
import { contractHash } from '../../../definitions/language/contract-hash.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import {
  catalogue,
  counter,
  deviation,
  gauge,
  histogram,
  oneOf,
  open,
  seconds,
  usdt,
} from '../../../definitions/language/metrics.ts'
import { contractSchema } from '../../../generators/contract/schema.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { contractOf, contractOutput } from '../../../generators/outputs/contract/contract.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { referenceBot, referenceModel } from '../../fixtures/reference-bot.ts'

const noTimes = { expiresAfter: null, mustBeSetWithin: null, mayBeAbsent: null }

test('the contract of a small bot, in full', () => {
  const found = contractOutput(referenceModel)
  assert.deepEqual([...found.keys()], ['contract.json'])
  assert.equal(found.get('contract.json'), `${JSON.stringify(expected, null, 2)}\n`)
})

const expected = {
  format: 1,
  bot: 'rb',
  hash: 'sha256:c43a924c732d8853e0cfd6d1910b31d0d244ed3aef9dfad595eb405c0b004cdc',
  day: { startsAt: '09:00', timeZone: 'Asia/Seoul' },
  targetLabels: ['bot', 'env', 'instance', 'job', 'region'],
  environments: ['paper', 'live'],
  metrics: [
    {
      name: 'rb_fills_total',
      kind: 'counter',
      help: 'Fills <b>received</b> | counted once.',
      unit: 'count',
      exposedUnit: null,
      labels: { symbol: { max: 2 }, side: { values: ['sell', 'buy'] } },
      buckets: null,
      signed: false,
      states: null,
      initially: null,
      computed: null,
      additive: true,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_fills_total'],
      seriesBound: 6,
    },
    {
      name: 'rb_pnl_usdt',
      kind: 'gauge',
      help: 'Profit or loss.',
      unit: 'usdt',
      exposedUnit: 'usdt',
      labels: {},
      buckets: null,
      signed: false,
      states: null,
      initially: 0,
      computed: null,
      additive: true,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_pnl_usdt'],
      seriesBound: 1,
    },
    {
      name: 'rb_slippage_bps',
      kind: 'histogram',
      help: 'Slippage.',
      unit: 'bps',
      exposedUnit: 'bps',
      labels: { symbol: { max: 2 } },
      buckets: [-10, 0, 10],
      signed: true,
      states: null,
      initially: null,
      computed: null,
      additive: true,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_slippage_bps_bucket'],
      seriesBound: 12,
    },
    {
      name: 'rb_fetched_timestamp',
      kind: 'gauge',
      help: 'When it last fetched.',
      unit: 'timestamp',
      exposedUnit: 'timestamp',
      labels: {},
      buckets: null,
      signed: false,
      states: null,
      initially: null,
      computed: null,
      additive: false,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_fetched_timestamp'],
      seriesBound: 1,
    },
    {
      name: 'rb_bar_age_seconds',
      kind: 'gauge',
      help: 'Since the last bar.',
      unit: 'seconds',
      exposedUnit: 'seconds',
      labels: { symbol: { max: 2 } },
      buckets: null,
      signed: false,
      states: null,
      initially: null,
      computed: 'age',
      additive: false,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_bar_age_seconds'],
      seriesBound: 3,
    },
    {
      name: 'rb_info',
      kind: 'info',
      help: 'What runs.',
      unit: 'flag',
      exposedUnit: null,
      labels: { version: { max: 2 } },
      buckets: null,
      signed: false,
      states: null,
      initially: null,
      computed: null,
      additive: true,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_info'],
      seriesBound: 1,
    },
    {
      name: 'rb_mode',
      kind: 'stateSet',
      help: 'Mode of trading.',
      unit: 'flag',
      exposedUnit: null,
      labels: { rb_mode: { values: ['paper', 'live'] } },
      buckets: null,
      signed: false,
      states: ['paper', 'live'],
      initially: null,
      computed: null,
      additive: true,
      ...noTimes,
      endsWith: null,
      ofContract: false,
      series: ['rb_mode'],
      seriesBound: 2,
    },
  ],
  retired: {},
  events: [
    {
      name: 'orderFailed',
      help: 'An order failed.',
      level: 'error',
      fields: {
        reason: { type: 'string' },
        amount: { type: 'number', unit: 'usdt' },
        side: { values: ['sell', 'buy'] },
      },
    },
  ],
}

for (const bot of [...bots, referenceBot]) {
  const { model } = resolve(bot, containerTopology)

  test(`${bot.name}: the contract is read back as it was written`, () => {
    const text = contractOutput(model).get('contract.json') ?? ''
    assert.deepEqual(contractSchema.parse(JSON.parse(text)), contractOf(model))
  })

  test(`${bot.name}: the hash can be computed from the file alone, as the schema says`, () => {
    const { hash, metrics } = contractSchema.parse(JSON.parse(contractOutput(model).get('contract.json') ?? ''))
    const forms = metrics
      .filter(({ ofContract }) => !ofContract)
      .map(({ buckets, kind, labels, name, unit }) => ({
        buckets,
        kind,
        labels: Object.fromEntries(
          Object.keys(labels)
            .sort()
            .map((label) => {
              const of = labels[label]
              return [label, of !== undefined && 'values' in of ? [...of.values].sort() : null]
            }),
        ),
        name,
        unit,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    assert.equal(hash, `sha256:${createHash('sha256').update(JSON.stringify(forms)).digest('hex')}`)
  })

  test(`${bot.name}: two runs write the same bytes`, () => {
    assert.deepEqual(contractOutput(resolve(bot, containerTopology).model), contractOutput(model))
  })
}

const symbol = open({ max: 5 })
const side = oneOf('buy', 'sell')
const latency = { help: 'Time.', unit: seconds, labels: { symbol, side }, buckets: [1, 5] } as const
const hashOf = (metrics: object): string => contractHash(Object.values(metrics) as Metric[])
const before = hashOf(catalogue('b', { latency_seconds: histogram(latency), fills_total: counter({ help: 'Fills.' }) }))

const same: readonly (readonly [string, object])[] = [
  [
    'a deviation from the document',
    {
      latency_seconds: histogram(latency),
      fills_total: counter({ help: 'Fills.', deviates: deviation('no word of fills', 'They are counted.') }),
    },
  ],
  [
    'another help',
    { latency_seconds: histogram({ ...latency, help: 'How long.' }), fills_total: counter({ help: 'Fills.' }) },
  ],
  [
    'another budget of an open label',
    {
      latency_seconds: histogram({ ...latency, labels: { symbol: open({ max: 9 }), side } }),
      fills_total: counter({ help: 'Fills.' }),
    },
  ],
  [
    'another order of metrics, labels and closed values',
    {
      fills_total: counter({ help: 'Fills.' }),
      latency_seconds: histogram({ ...latency, labels: { side: oneOf('sell', 'buy'), symbol } }),
    },
  ],
]
for (const [change, metrics] of same)
  test(`the hash does not change with ${change}`, () => {
    assert.equal(hashOf(catalogue('b', metrics as {})), before)
  })

const other: readonly (readonly [string, object])[] = [
  ['a bucket', { latency_seconds: histogram({ ...latency, buckets: [1, 6] }) }],
  ['a closed value', { latency_seconds: histogram({ ...latency, labels: { symbol, side: oneOf('buy', 'short') } }) }],
  ['a closed label that is opened', { latency_seconds: histogram({ ...latency, labels: { symbol, side: symbol } }) }],
  ['a label', { latency_seconds: histogram({ ...latency, labels: { symbol } }) }],
  ['the unit', { latency_seconds: histogram({ ...latency, unit: usdt }) }],
  ['the kind', { latency_seconds: gauge({ help: 'Time.', unit: seconds, labels: { symbol, side } }) }],
  ['the name', { delay_seconds: histogram(latency) }],
]
for (const [change, metrics] of other)
  test(`the hash changes with ${change}`, () => {
    assert.notEqual(hashOf(catalogue('b', { ...metrics, fills_total: counter({ help: 'Fills.' }) } as {})), before)
  })

test('adding or removing a metric changes the hash', () => {
  assert.notEqual(hashOf(catalogue('b', { latency_seconds: histogram(latency) })), before)
})

const written = () => JSON.parse(contractOutput(referenceModel).get('contract.json') ?? '')
const refused: readonly (readonly [string, (of: ReturnType<typeof written>) => void, string])[] = [
  ['another format', (of) => (of.format = 2), 'format'],
  ['a field that nobody knows', (of) => (of.metrics[0].colour = 'red'), 'metrics.0'],
  ['a label that is neither closed nor open', (of) => (of.metrics[0].labels.side = {}), 'metrics.0.labels.side'],
  ['a name that Prometheus does not take', (of) => (of.metrics[0].name = '1st'), 'metrics.0.name'],
  ['a hash that is none', (of) => (of.hash = 'sha256:?'), 'hash'],
]
for (const [what, spoil, path] of refused)
  test(`a contract with ${what} is rejected at its position`, () => {
    const contract = written()
    spoil(contract)
    const { error } = contractSchema.safeParse(contract)
    assert.deepEqual(
      error?.issues.map((issue) => issue.path.join('.')),
      [path],
    )
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  allFields,
  distinctLines,
  matches,
  printable,
  readableLine,
  severityOf,
  shorten,
} from '../../preview/page/logs/lines.ts'
import { withStores } from '../../preview/page/logs/stores.ts'

test('lines are in the order of their times to the nanosecond, newest first, each once', () => {
  const times = ['00.1Z', '00Z', '00.100000001Z', '00.09Z', '01Z', '00.1Z']
  const lines = times.map((time, i) => ({ _time: `2026-11-30T10:00:${time}`, run: 'r', seq: `${i}` }))
  const sorted = distinctLines([...lines, ...lines])
  assert.deepEqual(
    sorted.map(({ _time, seq }) => `${_time?.slice(17)} ${seq}`),
    ['01Z 4', '00.100000001Z 2', '00.1Z 5', '00.1Z 0', '00.09Z 3', '00Z 1'],
  )
  const plain = { _time: '2026-11-30T10:00:00Z', _msg: 'a' }
  assert.deepEqual(distinctLines([plain, { ...plain, _msg: 'b' }, { ...plain }]), [plain, { ...plain, _msg: 'b' }])
})

test('a line is its event, its message if that says more, and its own fields', () => {
  const line = { _msg: 'filled', event: 'filled', bot: 'b', run: 'r', seq: '1', symbol: 'BTC', price: '1', _time: 't' }
  assert.deepEqual(readableLine(line), {
    event: 'filled',
    message: '',
    fields: [
      ['symbol', 'BTC'],
      ['price', '1'],
    ],
  })
  assert.equal(readableLine({ ...line, _msg: '체결' }).message, '체결')
  assert.deepEqual(
    ['filled: BTC', 'filled: ', 'filled by hand', 'prefilled: BTC'].map(
      (_msg) => readableLine({ ...line, _msg }).message,
    ),
    ['BTC', '', 'filled by hand', 'prefilled: BTC'],
  )
  assert.equal(readableLine({ _msg: ': plain' }).message, ': plain')
  assert.deepEqual(
    allFields(line).map(([name]) => name),
    ['_msg', 'event', 'bot', 'run', 'seq', '_time', 'symbol', 'price'],
  )
})

test('a search finds lines that have each word, in any field and in any case', () => {
  const line = { _msg: 'Order rejected', symbol: 'BTCUSDT', error: 'a.b*c' }
  for (const words of ['order', 'btc REJECTED', 'symbol=btcusdt', 'a.b*c'])
    assert.equal(matches(line, words), true, words)
  for (const words of ['eth', 'order eth', 'a.b.c', 'symbol=usdt']) assert.equal(matches(line, words), false, words)
})

test('levels are known by the names that loggers give them', () => {
  assert.deepEqual(
    ['error', 'CRITICAL', 'fatal', 'Warning', 'warn', 'notice', 'INFO', 'trace', 'debug', 'loud', ''].map((level) =>
      severityOf({ level }),
    ),
    ['error', 'error', 'error', 'warn', 'warn', 'info', 'info', 'debug', 'debug', null, null],
  )
  assert.equal(severityOf({}), null)
})

test('control characters are symbols, and a long text says how much of it is left out', () => {
  assert.equal(printable('a\u0000\u001b[2J\u007f\u0085\n\tb'), 'a␀␛[2J␡\ufffd\n\tb')
  assert.equal(shorten('abc', 3), 'abc')
  assert.equal(shorten('x'.repeat(5000), 3), 'xxx … and 4,997 more characters')
})

test('the queries of a dashboard that ask for lines have the bot whose store has them', () => {
  const logs = { type: 'victoriametrics-logs-datasource' }
  const [a, b] = [{ refId: 'A' }, { refId: 'B', datasource: logs }]
  const panels = [
    { id: 1, datasource: logs, targets: [a, { ...a, datasource: { type: 'prometheus' } }] },
    { id: 2, datasource: 'Prometheus', targets: [b, { ...a, store: 'another' }] },
    { id: 3, panels: [{ id: 4, datasource: logs, targets: [a] }] },
    { id: 5 },
  ]
  assert.deepEqual(withStores({ title: 'A', panels }, 'tiny').panels, [
    {
      ...panels[0],
      targets: [
        { ...a, store: 'tiny' },
        { ...a, datasource: { type: 'prometheus' } },
      ],
    },
    { ...panels[1], targets: [{ ...b, store: 'tiny' }, a] },
    { id: 3, panels: [{ id: 4, datasource: logs, targets: [{ ...a, store: 'tiny' }] }] },
    { id: 5 },
  ])
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { humanLine } from '../../runtime/logs/human.ts'
import { createLog } from '../../runtime/logs/index.ts'
import { events } from '../fixtures/log-pipeline/log-events.ts'
import { knownSecrets, secretTexts } from '../runtime/logs/secret-texts.ts'
import { inPython, type LogLine, linesIn, logFolder, logProgram } from './python-logs.ts'

const good = { symbol: 'BTCUSDT', side: 'buy', price: 65_000, amount: 0.01, latency_ms: 45.2 }
const error = { endpoint: '/order', latency_ms: 3 }

/** Calls with right and wrong fields, made in both languages: the name of the event, and what it is given. */
const calls: readonly (readonly [keyof typeof events, unknown])[] = [
  ['order_filled', good],
  ['heartbeat', { uptime: 5, open_positions: 3, balance: 10_523.5 }],
  ['order_filled', { ...good, symbol: '비트코인/원화 😀' }],
  ['order_filled', { latency_ms: 1, amount: 2, price: 3, side: 'sell', symbol: 'in another order' }],
  ['order_filled', { symbol: 'BTCUSDT', side: 'buy' }],
  ['order_filled', { ...good, side: 'short', price: '65000', amount: null, latency_ms: true }],
  ['order_filled', { ...good, symbol: 5, side: ['buy'], price: { of: 1 } }],
  ['order_filled', { ...good, symbol: null, price: Number.NaN, amount: Number.POSITIVE_INFINITY, latency_ms: -1 / 0 }],
  ['order_filled', { ...good, symbol: Number.NaN }],
  ['order_filled', { ...good, amount: -0, price: 1e21, latency_ms: 1.5e-7 }],
  ['order_filled', { ...good, note: 'x', why: { deep: [1, null, true, Number.NaN, { a: 'b"c' }] } }],
  ['order_filled', { ...good, note: Number.NaN, long: 'y'.repeat(10_001), '주문 번호': '7' }],
  ['order_filled', {}],
  ['order_filled', null],
  ['order_filled', 'BTCUSDT'],
  ['order_filled', 5],
  ['order_filled', { ...good, ...Object.fromEntries(Array.from({ length: 14 }, (_, i) => [`more_${i}`, i])) }],
  ['order_filled', { ...good, side: `${'한'.repeat(39)}😀 is longer than a message shows` }],
  ['order_filled', { ...good, side: `one line\nand "quotes" and \\ and \u0001\u007f` }],
  ['risk_alert', { symbol: 'ETHUSDT', limit: 'drawdown', error: 'its update throws' }],
  ['balance_update', { balance: 1e-6, pnl: 1e-7, pnl_pct: 123_456_789_012_345_680_000 }],
  ...[
    '"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080\u2028\u2029',
    'half a character \ud83d and \ude00, and a whole one 😀',
    `${'a'.repeat(9999)}😀 is cut in half`,
    '😀'.repeat(5001),
    'x'.repeat(10_000),
    'my-own-secret, and in a URL my-own-secret%20',
    ...secretTexts.map(([, text]) => text),
  ].map((text) => ['api_error', { ...error, error: text }] as const),
]

/** A line without what differs in each run. */
function comparable(line: string): readonly (readonly [string, unknown])[] {
  const { ts, run, seq, module, ...rest } = JSON.parse(line) as LogLine
  assert.match(ts, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  assert.match(run, /^[0-9a-f]{8}$/)
  assert.ok(Number.isInteger(seq) && (module === undefined || module === '<string>'))
  return Object.entries(rest)
}
/** The text of a line, without what differs in each run. */
const textOf = (line: string): string =>
  line.replace(/"ts":"[^"]*",(?:"module":"[^"]*",)?/, '').replace(/"run":"[^"]*"/, '')

test('the same calls write the same lines in Python and in TypeScript', async (t) => {
  const [ours, theirs] = [logFolder(t), logFolder(t)]
  const secrets = [...knownSecrets, 'my-own-secret']
  const throws = () => {
    throw new TypeError('it throws')
  }
  const { log, end } = await createLog(events, {
    bot: 'tradingbot',
    mode: 'lenient',
    level: 'debug',
    console: 'off',
    secrets,
    file: { path: join(ours, 'bot.jsonl') },
    updates: { risk_alert: throws },
  })
  for (const [name, given] of calls) (log[name] as (given: unknown) => void)(given)
  await end()
  const human = await logProgram(
    t,
    theirs,
    `
def throws(fields):
    raise TypeError("it throws")
log = TradingbotLog(file=folder + "/bot.jsonl", level="debug", console="human", secrets=${inPython(secrets)}, updates={"risk_alert": throws})
for name, given in [${calls.map(([name, given]) => `("${name}", ${inPython(given)})`).join(',\n')}]:
    event = getattr(log.events, name)
    event(**given) if isinstance(given, dict) else event(given)
log.close()
`,
  )
  if (human === undefined) return
  const [expected, written] = [linesIn(ours), linesIn(theirs)]
  assert.deepEqual(written.map(comparable), expected.map(comparable))
  assert.deepEqual(written.map(textOf), expected.map(textOf))
  assert.deepEqual(
    written.map((line) => (JSON.parse(line) as LogLine).seq),
    Array.from({ length: calls.length + 1 }, (_, i) => i + 1),
  )
  assert.deepEqual(
    human
      .split('\n')
      .slice(0, -1)
      .map((line) => line.slice(20)),
    expected.map((line) => humanLine(line, false).slice(20, -1)),
  )
})

/** Doubles of every size, the same ones in each run. */
function* doubles(): Generator<number> {
  const bytes = new DataView(new ArrayBuffer(8))
  let state = 1
  for (let i = 0; i < 3000; i++) {
    for (const at of [0, 4]) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      bytes.setUint32(at, state)
    }
    if (Number.isFinite(bytes.getFloat64(0))) yield bytes.getFloat64(0)
  }
  for (let power = -25; power <= 25; power++)
    for (const digits of [1, 1.5, -9.007199254740993]) yield digits * 10 ** power
}

test('a number is printed in Python as in JavaScript, whatever its size', async (t) => {
  const numbers = [...doubles()]
  const lines = await logProgram(
    t,
    '',
    `for number in json.loads('${JSON.stringify(numbers)}'): print(tradingbot_metrics._digits(float(number)))`,
  )
  if (lines === undefined) return
  assert.deepEqual(lines.trimEnd().split('\n'), numbers.map(String))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanLine } from '../../../runtime/logs/human.ts'
import { lineOf } from '../../../runtime/logs/line.ts'
import { createRedaction } from '../../../runtime/logs/redact.ts'
import { booleanField, items, numberField, oneOf, stringField } from '../../../runtime/metrics.ts'
import { knownSecrets, secretTexts } from './secret-texts.ts'

const fields = { symbol: stringField, side: oneOf('buy', 'sell'), amount: numberField(items), paper: booleanField }
const good = { symbol: 'BTCUSDT', side: 'buy', amount: 1, paper: true }

const table: readonly (readonly [string, unknown, object, readonly string[]])[] = [
  ['all declared fields, in declaration order', { ...good, symbol: 'X' }, { ...good, symbol: 'X' }, []],
  [
    'a missing field',
    { symbol: 'BTCUSDT', side: 'buy', paper: false },
    { symbol: 'BTCUSDT', side: 'buy', paper: false },
    ['amount is undefined, expected a finite number'],
  ],
  [
    'a value that is not a finite number, as a string',
    { ...good, amount: Number.NaN },
    { ...good, amount: 'NaN' },
    ['amount is NaN, expected a finite number'],
  ],
  [
    'an undeclared value',
    { ...good, side: 'short' },
    { ...good, side: 'short' },
    ["side is 'short', expected one of 'buy', 'sell'"],
  ],
  [
    'undeclared fields, kept separately',
    { ...good, note: 'x', why: 1 },
    { ...good, undeclared: { note: 'x', why: 1 } },
    ["'note', 'why' are not declared"],
  ],
  [
    'an undeclared string that is too long, shortened, and a number that JSON does not have, as a string',
    { ...good, note: 'x'.repeat(10_001), share: Number.POSITIVE_INFINITY },
    { ...good, undeclared: { note: `${'x'.repeat(10_000)}… (1 more characters)`, share: 'Infinity' } },
    ["'note', 'share' are not declared"],
  ],
  [
    'something else than fields, kept as it is displayed',
    'BTCUSDT',
    { undeclared: "'BTCUSDT'" },
    ["the fields are 'BTCUSDT', expected 'symbol', 'side', 'amount', 'paper'"],
  ],
  ['no fields at all', undefined, {}, ["the fields are undefined, expected 'symbol', 'side', 'amount', 'paper'"]],
  [
    'a string that is too long, shortened',
    { ...good, symbol: 'x'.repeat(10_005) },
    { ...good, symbol: `${'x'.repeat(10_000)}… (5 more characters)` },
    [],
  ],
]
for (const [name, given, written, faults] of table)
  test(`a line has ${name}`, () => {
    const line = lineOf(fields, given)
    assert.deepEqual({ fields: line.fields, faults: line.faults }, { fields: written, faults })
  })

test('a person reads time, level, event and fields', () => {
  const line = {
    level: 'warn',
    ts: '2026-02-01T10:20:30.456Z',
    bot: 'b',
    event: 'order_filled',
    symbol: 'BTC USDT',
    n: 1,
    msg: 'order_filled: BTC USDT',
    run: '0a1b2c3d',
    seq: 7,
  }
  assert.equal(humanLine(JSON.stringify(line), false), '2026-02-01 10:20:30 WARN  order_filled symbol="BTC USDT" n=1\n')
  assert.equal(
    humanLine(JSON.stringify({ ...line, n: undefined, faults: ['n is undefined, expected a number'] }), true),
    '2026-02-01 10:20:30 \u001b[33mWARN \u001b[0m order_filled symbol="BTC USDT" (invalid: n is undefined, expected a number)\n',
  )
  assert.equal(
    humanLine(JSON.stringify({ ...line, symbol: undefined, n: undefined, undeclared: "'X'" }), false),
    `2026-02-01 10:20:30 WARN  order_filled undeclared='X'\n`,
  )
  assert.equal(
    humanLine('{"level":"info","ts":"2026-02-01T10:20:30.456Z","msg":"plain \\u001b[2J words"}', false),
    '2026-02-01 10:20:30 INFO  plain  [2J words\n',
  )
})

const redact = createRedaction(knownSecrets)
for (const [name, text, expected] of secretTexts)
  test(`redaction of ${name} hides only the secret, and the line stays JSON`, () => {
    const line = JSON.parse(redact(`${JSON.stringify({ level: 'info', error: text, price: 1.5 })}\n`)) as object
    assert.deepEqual(line, { level: 'info', error: expected, price: 1.5 })
  })

test('a string field with the name of a secret is redacted, a number is not', () => {
  const line = { password: 'a "b', api_key: 'x', apiSecret: 'y', signature: 5, secretary: 'Ann', token: 'SOL' }
  assert.deepEqual(JSON.parse(redact(JSON.stringify(line))), {
    ...line,
    password: '[redacted]',
    api_key: '[redacted]',
    apiSecret: '[redacted]',
  })
})

test('a secret that would hide ordinary words is refused', () => {
  assert.throws(() => createRedaction(['abc']), {
    message: 'createLog: a secret has fewer than 6 characters: redacting it would hide ordinary words too',
  })
})

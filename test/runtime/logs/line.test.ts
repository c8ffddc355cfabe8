import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanLine } from '../../../runtime/logs/human.ts'
import { lineOf } from '../../../runtime/logs/line.ts'
import { createRedaction } from '../../../runtime/logs/redact.ts'
import { booleanField, items, numberField, oneOf, stringField } from '../../../runtime/metrics.ts'

const fields = { symbol: stringField, side: oneOf('buy', 'sell'), amount: numberField(items), paper: booleanField }
const good = { symbol: 'BTCUSDT', side: 'buy', amount: 1, paper: true }

const table: readonly (readonly [string, unknown, object, readonly string[]])[] = [
  ['all that is declared, in the order of the declaration', { ...good, symbol: 'X' }, { ...good, symbol: 'X' }, []],
  [
    'what is missing',
    { symbol: 'BTCUSDT', side: 'buy', paper: false },
    { symbol: 'BTCUSDT', side: 'buy', paper: false },
    ['amount is undefined, expected a finite number'],
  ],
  [
    'what is no number, as a word that JSON can hold',
    { ...good, amount: Number.NaN },
    { ...good, amount: 'NaN' },
    ['amount is NaN, expected a finite number'],
  ],
  [
    'another value',
    { ...good, side: 'short' },
    { ...good, side: 'short' },
    ["side is 'short', expected one of 'buy', 'sell'"],
  ],
  [
    'what is undeclared, kept apart',
    { ...good, note: 'x', why: 1 },
    { ...good, undeclared: { note: 'x', why: 1 } },
    ["'note', 'why' are not declared"],
  ],
  ['no fields at all', undefined, {}, ["the fields are undefined, expected 'symbol', 'side', 'amount', 'paper'"]],
  [
    'a string that is too long, cut',
    { ...good, symbol: 'x'.repeat(10_005) },
    { ...good, symbol: `${'x'.repeat(10_000)}… (5 characters more)` },
    [],
  ],
]
for (const [name, given, written, faults] of table)
  test(`a line holds ${name}`, () => {
    const line = lineOf(fields, given)
    assert.deepEqual({ fields: line.fields, faults: line.faults }, { fields: written, faults })
  })

test('a person reads when, how grave, what, and the fields', () => {
  const line = {
    level: 'warn',
    ts: '2026-02-01T10:20:30.456Z',
    bot: 'b',
    event: 'order_filled',
    symbol: 'BTC USDT',
    n: 1,
    msg: 'order_filled: BTC USDT',
  }
  assert.equal(humanLine(JSON.stringify(line), false), '2026-02-01 10:20:30 WARN  order_filled symbol="BTC USDT" n=1\n')
  assert.equal(
    humanLine(JSON.stringify({ ...line, n: undefined, faults: ['n is undefined, expected a number'] }), true),
    '2026-02-01 10:20:30 \u001b[33mWARN \u001b[0m order_filled symbol="BTC USDT" (wrong: n is undefined, expected a number)\n',
  )
  assert.equal(
    humanLine('{"level":"info","ts":"2026-02-01T10:20:30.456Z","msg":"plain \\u001b[2J words"}', false),
    '2026-02-01 10:20:30 INFO  plain  [2J words\n',
  )
})

const key = 'k3y"with\\quotes'
/** Apart, since no file of the repository may look like one. */
const privateKey = 'PRIVATE KEY'
const secrets: readonly (readonly [string, string, string])[] = [
  [
    'a secret that was named, as JSON writes it',
    `asked with ${key} twice: ${key}`,
    'asked with [redacted] twice: [redacted]',
  ],
  ['a secret that was named, in an address', 'GET /x?k=p%40ssword', 'GET /x?k=[redacted]'],
  [
    'a query of an exchange',
    'GET /order?symbol=X&signature=abcdef0123&apiKey=zzz9',
    'GET /order?symbol=X&signature=[redacted]&apiKey=[redacted]',
  ],
  ['a header', 'Authorization: Bearer abc.def-ghi', 'Authorization: Bearer [redacted]'],
  ['a bearer token without its header', 'asked with Bearer abc.def-ghi', 'asked with Bearer [redacted]'],
  [
    'a private key',
    `-----BEGIN EC ${privateKey}-----\nMHcCAQ\nEE=\n-----END EC ${privateKey}----- was read`,
    '[redacted] was read',
  ],
  ['a private key that was cut', `key: -----BEGIN ${privateKey}-----\nMHcCAQ`, 'key: [redacted]'],
  ['a password in an address', 'redis://me:hunter2@localhost:6379', 'redis://me:[redacted]@localhost:6379'],
  [
    'the token of a Telegram bot',
    `https://api.telegram.org/bot${'1'.repeat(9)}:${'a'.repeat(35)}/sendMessage`,
    'https://api.telegram.org/bot[redacted]/sendMessage',
  ],
  ['a Discord webhook', 'https://discord.com/api/webhooks/123/abc-DEF', 'https://discord.com/api/webhooks/[redacted]'],
  ['JSON inside a line', 'body {"api_key":"abc","symbol":"X"}', 'body {"api_key":"[redacted]","symbol":"X"}'],
  ['a long token', `token=${'ab12'.repeat(5)}`, 'token=[redacted]'],
  [
    'a coin, which is a token too,',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  ],
  [
    'nothing that is none',
    'token bucket is empty, the secret of order 12 is patience',
    'token bucket is empty, the secret of order 12 is patience',
  ],
]
const redact = createRedaction([key, 'p@ssword'])
for (const [name, text, expected] of secrets)
  test(`of ${name} nothing is left, and the line is JSON`, () => {
    const line = JSON.parse(redact(`${JSON.stringify({ level: 'info', error: text, price: 1.5 })}\n`)) as object
    assert.deepEqual(line, { level: 'info', error: expected, price: 1.5 })
  })

test('a field whose name is that of a secret loses its text, and a number stays one', () => {
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
    message: 'createLog: a secret has fewer than 6 characters, and would hide ordinary words',
  })
})

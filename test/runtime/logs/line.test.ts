import assert from 'node:assert/strict'
import { test } from 'node:test'
import { humanLine } from '../../../runtime/logs/human.ts'
import { lineOf } from '../../../runtime/logs/line.ts'
import { createRedaction } from '../../../runtime/logs/redact.ts'
import { booleanField, items, numberField, oneOf, stringField } from '../../../runtime/metrics.ts'

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

const key = 'k3y"with\\quotes'
/** Kept separate, because no file of the repository may look like it contains a private key. */
const privateKey = 'PRIVATE KEY'
const secrets: readonly (readonly [string, string, string])[] = [
  ['a given secret, escaped as in JSON', `asked with ${key} twice: ${key}`, 'asked with [redacted] twice: [redacted]'],
  ['a given secret, in a URL', 'GET /x?k=p%40ssword', 'GET /x?k=[redacted]'],
  [
    'the query string of an exchange',
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
  ['a truncated private key', `key: -----BEGIN ${privateKey}-----\nMHcCAQ`, 'key: [redacted]'],
  ['a password in a URL', 'redis://me:hunter2@localhost:6379', 'redis://me:[redacted]@localhost:6379'],
  [
    'the token of a Telegram bot',
    `https://api.telegram.org/bot${'1'.repeat(9)}:${'a'.repeat(35)}/sendMessage`,
    'https://api.telegram.org/bot[redacted]/sendMessage',
  ],
  ['a Discord webhook', 'https://discord.com/api/webhooks/123/abc-DEF', 'https://discord.com/api/webhooks/[redacted]'],
  ['JSON inside a line', 'body {"api_key":"abc","symbol":"X"}', 'body {"api_key":"[redacted]","symbol":"X"}'],
  ['a long token', `token=${'ab12'.repeat(5)}`, 'token=[redacted]'],
  [
    'a coin called a token (which is not a secret)',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    'token=SOL, token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  ],
  [
    'ordinary words (which are not secrets)',
    'token bucket is empty, the secret of order 12 is patience',
    'token bucket is empty, the secret of order 12 is patience',
  ],
]
const redact = createRedaction([key, 'p@ssword'])
for (const [name, text, expected] of secrets)
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

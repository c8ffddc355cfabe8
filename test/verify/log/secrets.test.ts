import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logText } from '../../../generators/verify/log/log-text.ts'
import { secretTexts } from '../../runtime/logs/secret-texts.ts'
import { line, reportOf } from './fixture.ts'

const fix = 'revoke it, since whoever reads the log has it, and log through the runtime, which redacts it'
const key = 'PRIVATE KEY'
const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj'

/** A line, what is said about its secret, and the secret. */
const table: readonly (readonly [string, string, readonly string[], string])[] = [
  [
    'in a query string',
    line(1, { symbol: 'GET /order?symbol=X&apiKey=zzz9zzz9 failed' }),
    ['order_filled', 'symbol: "GET /order?symbol=X&apiKey=[redacted] failed"'],
    'zzz9zzz9',
  ],
  [
    'in a field with its name',
    line(1, { password: 'hunter22' }),
    ['order_filled', 'password: "[redacted]"'],
    'hunter22',
  ],
  [
    'in an undeclared field',
    line(1, { undeclared: { api_secret: 'hunter22' } }),
    ['order_filled', 'undeclared: an object'],
    'hunter22',
  ],
  [
    'without an event',
    JSON.stringify({ msg: 'x', authorization: 'Basic bWU6cGFzcw' }),
    ['', 'authorization: "[redacted]"'],
    'bWU6cGFzcw',
  ],
  [
    'in the name of an event',
    line(1, { event: 'token=abcd1234abcd1234' }),
    ['', 'event: "token=[redacted]"'],
    'abcd1234abcd1234',
  ],
  [
    'in a line that is not JSON',
    'connecting to redis://me:hunter22@localhost',
    ['', '"connecting to redis://me:[redacted]@localhost"'],
    'hunter22',
  ],
  [
    'in a line that is too long',
    line(1, { symbol: `BTCUSDT,secret=hunter22 ${'x '.repeat(200_000)}` }),
    ['', '"…led\\",\\"symbol\\":\\"BTCUSDT,secret=[redacted] x x x x x x x x x …"'],
    'hunter22',
  ],
]

for (const [name, text, [event = '', given = ''], secret] of table)
  test(`a secret ${name} is reported, and never printed`, async () => {
    const report = await reportOf(`${text}\n`, { chunk: 65_536 })
    assert.deepEqual(
      report.findings
        .filter(({ code }) => code === 'secret')
        .map((found) => [found.event ?? '', found.given, found.expected, found.fix]),
      [[event, given, 'no secret', fix]],
    )
    assert.ok(text.includes(secret))
    assert.equal(`${logText(report)}${JSON.stringify(report)}`.includes(secret), false)
  })

for (const [name, text, redactedText] of secretTexts.filter(([name]) => !name.startsWith('a given secret')))
  test(`${name} is reported exactly if the runtime would redact it, and no longer once that is done`, async () => {
    const codes = async (symbol: string) =>
      (await reportOf(`${line(1, { symbol })}\n`)).findings.map(({ code }) => code)
    assert.deepEqual(await codes(text), text === redactedText ? [] : ['secret'])
    assert.deepEqual(await codes(redactedText), [])
  })

test('a key that no pattern knows is shortened wherever it would be printed', async () => {
  const unknown = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A'
  const lines = [
    line(1, { price: unknown, [unknown]: 1, level: unknown, bot: unknown, ts: unknown }),
    line(2, { event: unknown }),
    line(3, { run: unknown }),
    line(5, { run: unknown }),
    line(6, { faults: [unknown] }),
    line(7, { event: 'metric_update_failed', of: unknown, error: unknown }),
    JSON.stringify({ msg: unknown }),
    `-----BEGIN ${key}-----`,
    body,
    `-----END ${key}-----`,
  ]
  const report = await reportOf(lines.map((one) => `${one}\n`).join(''))
  const printed = `${logText(report)}${JSON.stringify(report)}`
  assert.equal(report.findings.length, 11)
  for (const secret of [unknown, body]) assert.equal(printed.includes(secret.slice(4, 24)), false, printed)
  assert.ok(printed.includes('price: \\"vmPU…\\"'), printed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingRows, line, reportOf, rowsIn } from './fixture.ts'

const asText = 'write one JSON object per line, or this line is stored as text, without an event'
const fields = 'only symbol, side, price, amount, latency_ms'

/** The lines of a file, and everything that is then reported. */
const table: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  ['lines that fit', [line(1), line(2), '', '  \r', line(3, { module: 'core.order' })], []],
  ['a line break of Windows', [`${line(1)}\r`, `${line(2)}\r`], []],
  [
    'lines that are not JSON, by what they are instead',
    ['Traceback (most recent call last):', '  File "bot.py", line 3', '{"level":"info",', '[1]', '"x"', 'null'],
    [
      ['json', '1 × 2', '"Traceback (most recent call last):"', 'a JSON object', `it is text: ${asText}`],
      ['json', '3 × 1', '"{\\"level\\":\\"info\\","', 'a JSON object', `it is not valid JSON: ${asText}`],
      ['json', '4 × 3', '"[1]"', 'a JSON object', `it is JSON, but not an object: ${asText}`],
    ],
  ],
  [
    'a file with a byte order mark',
    [`\ufeff${line(1)}`, line(2)],
    [
      [
        'json',
        '1 × 1',
        '"\\ufeff{\\"level\\":\\"info\\",\\"ts\\":\\"2026-11-30T11:00:00.100Z\\",\\"bot\\":\\"trad…"',
        'a JSON object',
        `it begins with a byte order mark: ${asText}`,
      ],
    ],
  ],
  [
    'NaN and infinity as Python writes them, but not in a text',
    [
      line(1, { price: 'at', amount: 'at' }).replaceAll('"at"', 'NaN'),
      line(2, { price: 'at', extra: 'at' }).replaceAll('"at"', '-Infinity'),
      line(3, { symbol: 'NaN, Infinity' }),
    ],
    [
      [
        'json',
        '1 × 2',
        'NaN or Infinity in price, amount',
        'JSON, which has neither',
        'pass finite numbers (in Python: json.dumps(…, allow_nan=False)): this line is stored as text, without an event',
      ],
      ['order_filled extra', '2 × 1', 'extra', fields, 'declare the field, or do not log it'],
    ],
  ],
  [
    'lines without an event, whatever else they have',
    [JSON.stringify({ level: 30, time: 1, pid: 7, msg: 'connected' }), line(1, { event: undefined, msg: 5 }), line(2)],
    [
      [
        '(no-event)',
        '1 × 2',
        'msg: "connected"',
        'an event',
        'nothing, if a library writes it: it can be searched, but no panel or alert reads it',
      ],
    ],
  ],
]

for (const [name, lines, expected] of table)
  test(`${name}: exactly these findings`, async () => {
    assert.deepEqual(await findingRows(lines), expected)
  })

test('whatever JSON a line has, it is reported, and nothing throws', async () => {
  const odd: readonly unknown[] = [
    { toString: 1, valueOf: 1 },
    [{ toString: 1 }],
    { password: 'a "b\\' },
    '\ud800',
    '__proto__',
    -1,
    {},
  ]
  const names = ['level', 'ts', 'bot', 'run', 'seq', 'event', 'of', 'msg', 'faults', 'undeclared', 'side', 'price']
  const lines = odd.flatMap((value) => [
    ...names.map((name) => line(1, { [name]: value })),
    line(1, { event: 'metric_update_failed', of: value, error: value }),
    line(1).replace('"symbol"', '"__proto__"').replace('"BTCUSDT"', JSON.stringify(value)),
  ])
  const report = await reportOf(lines.map((one) => `${one}\n`).join(''))
  assert.deepEqual([report.lines, report.events], [98, 98])
  assert.deepEqual(
    report.findings.filter(({ code }) => code === 'json'),
    [],
  )
})

test('only strict refuses lines without an event; an event without run and seq is always refused', async () => {
  const text = [JSON.stringify({ msg: 'x' }), line(1, { run: undefined, seq: undefined })].join('\n')
  const codes = async (strict: boolean) =>
    (await reportOf(`${text}\n`, { strict })).findings.map(({ code, refused }) => `${code} ${refused}`)
  assert.deepEqual(await codes(false), ['no-event false', 'no-run true'])
  assert.deepEqual(await codes(true), ['no-event true', 'no-run true'])
})

test('bytes that are not UTF-8 are reported, and the rest of their line is checked', async () => {
  const text = `${line(1, { symbol: 'caf?', side: 'long' })}\n${line(2)}\n`
  const bytes = Buffer.from(text).map((byte) => (byte === 0x3f ? 0xe9 : byte))
  assert.deepEqual(
    rowsIn(await reportOf(bytes)).map(([code, at]) => `${code} ${at}`),
    ['utf-8 1 × 1', 'order_filled value 1 × 1'],
  )
})

test('a line of a megabyte is reported, and neither kept nor read as JSON', async () => {
  const long = line(2, { symbol: 'x'.repeat(1_000_000) })
  const report = await reportOf(`${line(1)}\n${long}\n${line(3)}\n`, { chunk: 65_536 })
  assert.deepEqual(rowsIn(report).slice(0, 1), [
    [
      'size',
      '2 × 1',
      `a line of ${long.length} bytes`,
      'at most 262144',
      'log less in a line: VictoriaLogs skips longer ones by default, and a collector drops them beyond 2 MiB',
    ],
  ])
  assert.deepEqual([report.lines, report.events], [3, 2])
})

test('the last line of a log that is being written is not checked', async () => {
  const whole = `${line(1)}\n${line(2)}`
  assert.deepEqual((await reportOf(whole)).unfinished, [])
  const half = await reportOf(whole.slice(0, -20))
  assert.deepEqual([half.lines, half.unfinished, half.findings], [1, ['bot.jsonl:2'], []])
})

test('the report does not depend on where the chunks end', async () => {
  const text = `${line(1)}\n${line(2, { symbol: '비트코인' })}\n\n${line(3, { side: 'long' })}\n${line(4)}`
  const whole = await reportOf(text)
  assert.deepEqual([whole.lines, whole.findings.length], [4, 1])
  for (const chunk of [1, 2, 7, 100, 255]) assert.deepEqual(await reportOf(text, { chunk }), whole)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { contractOf } from '../../generators/outputs/contract/contract.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { compare, fits, type VerifyReport } from '../../generators/verify/compare.ts'
import type { ExpositionFormat } from '../../generators/verify/exposition.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { verifyText } from '../../generators/verify/verify-text.ts'
import { formats } from '../../runtime/format.ts'
import { createMetrics } from '../../runtime/index.ts'
import { countReads, isLinear, perItem } from '../bench/count-reads.ts'
import { paperRun } from '../demo/paper-run.ts'
import { busyMetrics, contract, plainMetrics } from './fixture.ts'
import { replaceOnce, violations, without } from './violations.ts'

function reportOf(text: string, format: ExpositionFormat, strict = false): VerifyReport {
  const read = readExposition(text, format)
  if ('wrong' in read) throw new Error(`${read.line}: ${read.wrong}`)
  return compare(contract, read, strict)
}

const told = ({ findings }: VerifyReport) =>
  findings.map(({ code, refused, metric, given, expected }) => [refused ? code : `(${code})`, metric, given, expected])

for (const format of formats)
  test(`a bot with our runtime fits its contract in ${format}, even with --strict`, async () => {
    const report = reportOf(await busyMetrics().render(format), format, true)
    assert.deepEqual(told(report), [])
    assert.deepEqual([report.seen.length, report.waiting], [13, []])
  })

test('the paper bot fits the contract of its definitions, whatever it does', async () => {
  const run = paperRun('verify')
  run.steps(400)
  const read = readExposition(await run.text(), 'text')
  assert.ok('families' in read)
  const report = compare(contractOf(resolve(mcbot, containerTopology).model), read, true)
  assert.deepEqual(told(report), [])
  assert.ok(report.series > 500)
})

test('a declared metric without a series yet is neither missing nor seen', async () => {
  for (const format of formats) {
    const report = reportOf(await createMetrics(plainMetrics, { mode: 'strict' }).render(format), format, true)
    assert.deepEqual(told(report), [])
    assert.deepEqual(report.waiting, [
      'tb_fills_total',
      'tb_equity_usdt',
      'tb_position_size',
      'tb_feed_age_seconds',
      'tb_slippage_bps',
      'tb_info',
      'tb_trading_mode',
    ])
    assert.equal(report.seen.length, 6)
  }
})

for (const [name, spoil, expected] of violations)
  test(`${name}: exactly that is reported`, async () => {
    const report = reportOf(spoil(await busyMetrics().render('text')), 'text')
    assert.deepEqual(told(report), expected)
    assert.equal(
      fits(report),
      expected.every(([code]) => code?.startsWith('(')),
    )
    for (const { fix, line, code } of report.findings) {
      assert.ok(fix.length > 5)
      assert.equal(line === null, code === 'missing', code)
    }
  })

const positions = (count: number) =>
  Array.from({ length: count }, (_, i) => `tb_position_size{symbol="S${i}",side="buy"} 1\n`).join('')
const firstPosition = 'tb_position_size{symbol="BTCUSDT",side="buy"} 3\n'
const ofInfo = 'tb_info{version="1",exchange="binance"} 1\n'

/** Cases just within the contract and just outside it. */
const edges: readonly (readonly [string, string, string, readonly (readonly string[])[]])[] = [
  ['as many values as the budget allows', firstPosition, `${firstPosition}${positions(1)}`, []],
  [
    'one value more than the budget allows',
    firstPosition,
    `${firstPosition}${positions(2)}`,
    [['over-budget', 'tb_position_size', 'symbol: 4 values, among them "odd \\" \\\\ value"', 'at most 3']],
  ],
  [
    'an info with several series, which has no budget',
    ofInfo,
    [1, 2, 3].map((i) => ofInfo.replace('"1"', `"${i}"`)).join(''),
    [],
  ],
  [
    'infinity',
    'tb_equity_usdt -12.5',
    'tb_equity_usdt +Inf',
    [['number', 'tb_equity_usdt', 'Infinity', 'a finite number']],
  ],
  [
    'half of an observation',
    'tb_latency_seconds_bucket{side="sell",le="+Inf"} 0\n',
    'tb_latency_seconds_bucket{side="sell",le="+Inf"} 0.5\n',
    [
      ['number', 'tb_latency_seconds', '0.5', 'a whole number of observations'],
      ['buckets', 'tb_latency_seconds', '_count differs from the +Inf bucket (1 series)', 'the same value'],
    ],
  ],
  [
    'a histogram without its count',
    'tb_latency_seconds_count{side="sell"} 0\n',
    '',
    [['buckets', 'tb_latency_seconds', 'no _count (1 series)', 'tb_latency_seconds_count']],
  ],
]
for (const [what, from, to, expected] of edges)
  test(`${what}: ${expected.length === 0 ? 'fits' : 'exactly that is reported'}`, async () => {
    assert.deepEqual(told(reportOf(replaceOnce(await busyMetrics().render('text'), from, to), 'text')), expected)
  })

test('OpenMetrics: a missing unit, an extra unit, and a wrong sample name are reported', async () => {
  let text = await busyMetrics().render('openmetrics')
  text = replaceOnce(text, '# UNIT tb_equity_usdt usdt\n', '')
  text = replaceOnce(
    text,
    '# TYPE tb_open_orders gauge\n',
    '# TYPE tb_open_orders gauge\n# UNIT tb_open_orders orders\n',
  )
  text = replaceOnce(text, '\ntb_bars_total 1', '\ntb_bars 1')
  text = replaceOnce(text, '# TYPE tb_trading_mode stateset', '# TYPE tb_trading_mode gauge')
  assert.deepEqual(told(reportOf(text, 'openmetrics')), [
    ['undeclared', 'tb_bars_total', 'tb_bars', 'tb_bars_total'],
    ['unit', 'tb_equity_usdt', 'no UNIT line', 'usdt'],
    ['unit', 'tb_open_orders', '"orders"', 'no UNIT line'],
    ['type', 'tb_trading_mode', 'gauge', 'stateset'],
  ])
})

test('OpenMetrics: _created series come from the client and are only noted', async () => {
  const text = await busyMetrics().render('openmetrics')
  const report = reportOf(
    replaceOnce(text, '\ntb_bars_total 1', '\ntb_bars_total 1\ntb_bars_created 1.7e9'),
    'openmetrics',
  )
  assert.deepEqual(told(report), [['(from-client)', 'tb_bars_total', 'tb_bars_created', 'tb_bars_total']])
  assert.equal(fits(report), true)
})

test('a retired name is reported with its replacement, in either format', async () => {
  const told = (text: string, format: ExpositionFormat) => {
    const read = readExposition(text, format)
    assert.ok('families' in read)
    const retired = {
      tb_pnl_usdt_total: 'PnL has a sign; tb_profit_usdt_total took its place',
      tb_fill: 'tb_fills_total took its place',
    }
    return compare({ ...contract, retired }, read).findings.map(({ code, metric, expected, fix }) => [
      code,
      metric,
      expected,
      fix,
    ])
  }
  const expected = [
    [
      'undeclared',
      'tb_pnl_usdt_total',
      'nothing: the name is retired: PnL has a sign; tb_profit_usdt_total took its place',
      'remove it and use its replacement',
    ],
    [
      'undeclared',
      'tb_fill',
      'nothing: the name is retired: tb_fills_total took its place',
      'remove it and use its replacement',
    ],
  ]
  const text = `${await busyMetrics().render('text')}# TYPE tb_pnl_usdt_total counter\ntb_pnl_usdt_total 1\n# TYPE tb_fill gauge\ntb_fill 1\n`
  assert.deepEqual(told(text, 'text'), expected)
  const open = replaceOnce(
    await busyMetrics().render('openmetrics'),
    '# EOF',
    '# TYPE tb_pnl_usdt counter\ntb_pnl_usdt_total 1\n# TYPE tb_fill gauge\ntb_fill 1\n# EOF',
  )
  assert.deepEqual(told(open, 'openmetrics'), expected)
})

test('strict refuses what is otherwise only noted', async () => {
  const text = `${await busyMetrics().render('text')}# TYPE python_info gauge\npython_info 1\n`
  assert.deepEqual([fits(reportOf(text, 'text')), fits(reportOf(text, 'text', true))], [true, false])
})

test('the table says where, what was given, what is expected and what to do, on lines that no exposition can break', async () => {
  const text = replaceOnce(await busyMetrics().render('text'), 'status="rejected"', 'status="x\u001b[2J\u202e"')
  const report = reportOf(
    without(without(replaceOnce(text, 'Bars seen.', 'Bars.'), 'tb_info'), 'tb_trading_mode'),
    'text',
  )
  const line = (code: string) => report.findings.find((violation) => violation.code === code)?.line
  assert.equal(
    verifyText(report, 'http://bot/metrics'),
    `refused (4)
  METRIC           LINE  WHAT     GIVEN                       EXPECTED
  tb_bars_total    ${line('help')}     help     "Bars."                     "Bars seen."
      → copy the help text from the contract exactly
  tb_orders_total  ${line('value')}     value    status: "x\\u001b[2J\\u202e"  "filled", "rejected"
      → use a declared value of status, or declare this one
  tb_info                missing  nothing                     an info: "What runs."
  tb_trading_mode        missing  nothing                     a state set: "Mode of trading."
      → declare it at startup; if the client exposes nothing before the first sample, use --watch to wait for it

allowed unless --strict is given (1)
  METRIC           LINE  WHAT         GIVEN                                 EXPECTED
  tb_orders_total  ${line('not-at-zero')}     not-at-zero  3 of 4 combinations of closed values  all of them, starting at zero: side, status
      → initialise the other 1 series to zero: increase() misses the first event of a series that starts with it

http://bot/metrics does not fit the contract of tb: 4 findings; 11 of 13 metrics seen, ${report.series} series in the text format
`,
  )
})

/** What a bot exposes, with this many undeclared families, as many values of a label, and one metric missing. */
function withMany(base: string, count: number): string {
  const families = Array.from({ length: count }, (_, i) => `x${i} 1\n`).join('')
  const values = Array.from({ length: count }, (_, i) => `tb_feed_age_seconds{symbol="v${i}"} 1\n`).join('')
  return `${without(base, 'tb_equity_usdt')}${values}${families}`
}

test('comparing takes time linear in the number of undeclared families and label values', async () => {
  const base = await busyMetrics().render('text')
  const reads = await perItem((size) => {
    const exposed = countReads(readExposition(withMany(base, size), 'text'))
    assert.ok('families' in exposed.value)
    compare(contract, exposed.value)
    return exposed.reads()
  })
  assert.ok(isLinear(reads), `reads of a family and a value: ${reads.join(', then ')}`)
})

test('of ten thousand findings the table shows a few hundred', async () => {
  const report = reportOf(withMany(await busyMetrics().render('text'), 10_000), 'text')
  assert.equal(report.findings.filter(({ code }) => code === 'undeclared').length, 10_000)
  assert.ok(verifyText(report, 'x').split('\n').length < 450)
})

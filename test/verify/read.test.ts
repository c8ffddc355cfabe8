import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Exposition, ExpositionFormat } from '../../generators/verify/exposition.ts'
import { formatOf, readExposition } from '../../generators/verify/read.ts'
import { readNumber, readSample } from '../../generators/verify/read-sample.ts'
import { formats } from '../../runtime/format.ts'
import { busyMetrics } from './fixture.ts'

const samples: readonly (readonly [
  ExpositionFormat,
  string,
  { readonly name: string; readonly labels?: object; readonly value: number; readonly timestamp?: number },
])[] = [
  ['text', 'a 1', { name: 'a', value: 1 }],
  ['text', 'a:b_c\t \t-1.5e-3 ', { name: 'a:b_c', value: -0.0015 }],
  [
    'text',
    'a { b = "c" , d = "" , } 1 1700000000123',
    { name: 'a', labels: { b: 'c', d: '' }, value: 1, timestamp: 1700000000.123 },
  ],
  [
    'text',
    'a{b="\\\\ \\" \\n { } , ="} +Inf',
    { name: 'a', labels: { b: '\\ " \n { } , =' }, value: Number.POSITIVE_INFINITY },
  ],
  ['text', 'a{} Nan -1', { name: 'a', value: Number.NaN, timestamp: -0.001 }],
  ['text', 'a{b="# x"} .5', { name: 'a', labels: { b: '# x' }, value: 0.5 }],
  [
    'openmetrics',
    'a_total{b="c",d="é\t😀"} 1 1700000000.5',
    { name: 'a_total', labels: { b: 'c', d: 'é\t😀' }, value: 1, timestamp: 1700000000.5 },
  ],
  [
    'openmetrics',
    'a_bucket{le="+Inf"} 2 # {trace_id="x\\"y"} 0.3 1700000000.1',
    { name: 'a_bucket', labels: { le: '+Inf' }, value: 2 },
  ],
  ['openmetrics', 'a_total 2 1 # {} 0.3', { name: 'a_total', value: 2, timestamp: 1 }],
]

for (const [format, line, expected] of samples)
  test(`${format}: ${JSON.stringify(line)} is read`, () => {
    const read = readSample(line, format, 7)
    assert.ok(typeof read !== 'string', String(read))
    const { labels, ...rest } = read
    assert.deepEqual(
      { ...rest, labels: Object.fromEntries(labels) },
      { labels: {}, timestamp: null, line: 7, ...expected },
    )
  })

const wrongSamples: readonly (readonly [ExpositionFormat, string, string])[] = [
  ['text', '1a 2', `a line must begin with a metric name or '#', given "1a 2"`],
  ['text', 'a', 'a: it has no value'],
  ['text', 'a 1,5', 'a: its value is not a number: "1,5"'],
  ['text', 'a 0x10', 'a: its value is not a number: "0x10"'],
  ['text', 'a 1 2.5', 'a: its timestamp is not a whole number of milliseconds: "2.5"'],
  ['text', 'a 1 2 3', 'a: nothing may follow the timestamp, given "3"'],
  ['text', 'a 1 # {x="y"} 1', 'a: nothing may follow the timestamp, given "{x=\\"y\\"} 1"'],
  ['text', 'a{b="c" 1', "a: the labels do not end in '}'"],
  ['text', 'a{b="c} 1', 'a: label b has a value without a closing quote'],
  ['text', 'a{b=c} 1', 'a: label b has an unquoted value'],
  ['text', 'a{b "c"} 1', "a: label b has no '=' after its name"],
  ['text', 'a{b="\\t"} 1', String.raw`a: label b has '\t' in its value; only \\, \" and \n are valid escapes`],
  ['text', 'a{b="1",b="2"} 1', 'a: label b occurs twice'],
  ['text', 'a{"b"="1"} 1', 'a: expected a label name at "\\"b\\"=\\"1\\"} 1"'],
  ['openmetrics', 'a  1', 'a: expected exactly one space between series, value and timestamp, given "  1"'],
  ['openmetrics', 'a{b="c",} 1', 'a: trailing comma after the last label, which OpenMetrics does not allow'],
  ['openmetrics', 'a{b="c", d="e"} 1', 'a: expected a label name at " d=\\"e\\"} 1"'],
  ['openmetrics', 'a 1 x', 'a: its timestamp is not a number of seconds: "x"'],
  ['openmetrics', 'a_total 1 # 0.3', 'a_total: its exemplar has no labels'],
  ['openmetrics', 'a_total 1 # {a="b"}', 'a_total: its exemplar has no value'],
  ['openmetrics', 'a_total 1 # {a="b"} 1 x', 'a_total: its exemplar has a timestamp that is not a number of seconds'],
  ['openmetrics', 'a_total 1 # {a=b} 1', 'a_total: its exemplar is invalid: label a has an unquoted value'],
]

for (const [format, line, why] of wrongSamples)
  test(`${format}: ${JSON.stringify(line)} is refused`, () => {
    assert.equal(readSample(line, format, 1), why)
  })

test('numbers are read as Go and Python write them, and nothing else is a number', () => {
  const numbers = [
    '1',
    '+1',
    '-0',
    '1.',
    '.5',
    '1e+09',
    '1.795240432166117e+09',
    'Inf',
    '+Inf',
    '-inf',
    '-Infinity',
    'NaN',
    'nan',
  ]
  assert.deepEqual(numbers.map(readNumber), [
    1,
    1,
    -0,
    1,
    0.5,
    1e9,
    1.795240432166117e9,
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    Number.NaN,
  ])
  for (const text of ['', '-', '.', 'e5', '1e', '1_000', '0x1', '1f', '--1', 'Infinit', '+NaN'])
    assert.equal(readNumber(text), null, text)
})

/** Family names with types, help, units and the names of their samples. */
const outline = ({ families }: Exposition) =>
  families.map(({ name, type, help, unit, samples }) => [name, type, help, unit, samples.map((sample) => sample.name)])

test('the text format: comments, escapes in help, order and blank lines are accepted as its specification allows', () => {
  const text = [
    '# just a remark',
    '#',
    '#HELP x is a remark too',
    '',
    '#   TYPE \t a_total   counter ',
    '# HELP a_total A "quoted" \\\\ thing\\nand more ',
    '  a_total 1',
    '# HELP h',
    '# TYPE h histogram',
    'h_bucket{le="+Inf"} 0',
    'h_sum 0',
    'h_count 0',
    'h_created 1',
    'bare 2',
    '',
  ].join('\n')
  const read = readExposition(text, 'text')
  assert.ok('families' in read)
  assert.deepEqual(outline(read), [
    ['a_total', 'counter', 'A "quoted" \\ thing\nand more ', null, ['a_total']],
    ['h', 'histogram', '', null, ['h_bucket', 'h_sum', 'h_count']],
    ['h_created', null, null, null, ['h_created']],
    ['bare', null, null, null, ['bare']],
  ])
  assert.deepEqual(read.flaws, [])
})

test('OpenMetrics: samples belong to the family whose type gives them their names', () => {
  const text = [
    '# TYPE a counter',
    '# UNIT a_seconds seconds',
    '# HELP a Say \\"hi\\"\\n',
    'a_total 1',
    'a_created 1',
    '# TYPE i info',
    'i_info{v="1"} 1',
    '# TYPE h histogram',
    'h_bucket{le="+Inf"} 0',
    'h_created 0',
    '# TYPE c counter',
    '# TYPE d gauge',
    'c_total 1',
    '# TYPE wrong counter',
    'wrong 1',
    '# EOF',
    '',
  ].join('\n')
  const read = readExposition(text, 'openmetrics')
  assert.ok('families' in read)
  assert.deepEqual(outline(read), [
    ['a', 'counter', 'Say "hi"\n', null, ['a_total', 'a_created']],
    ['a_seconds', null, null, 'seconds', []],
    ['i', 'info', null, null, ['i_info']],
    ['h', 'histogram', null, null, ['h_bucket', 'h_created']],
    ['c', 'counter', null, null, ['c_total']],
    ['d', 'gauge', null, null, []],
    ['wrong', 'counter', null, null, ['wrong']],
  ])
})

test('interleaved families are read, and reported once per family', () => {
  const text = '# TYPE a gauge\na 1\nb 1\na{x="1"} 2\nb{x="1"} 1\na{x="2"} 2\n# TYPE a gauge\n# HELP a late\n'
  const read = readExposition(text, 'text')
  assert.ok('families' in read)
  const torn = {
    given: "its samples are interleaved with another family's",
    expected: 'all samples of a family together',
  }
  assert.deepEqual(read.flaws, [
    { line: 4, family: 'a', ...torn },
    { line: 5, family: 'b', ...torn },
    { line: 7, family: 'a', given: 'a second TYPE line', expected: 'one per metric' },
    { line: 8, family: 'a', given: 'HELP after its samples', expected: 'before the first sample' },
  ])
})

const unreadable: readonly (readonly [ExpositionFormat, string, number, string])[] = [
  ['text', '', 0, 'it is empty: no metrics'],
  ['text', '\n\n', 0, 'it is empty: no metrics'],
  ['text', '<!DOCTYPE html>\n<p>', 0, 'it is an HTML page, not metrics'],
  ['openmetrics', '\n<html>\n', 0, 'it is an HTML page, not metrics'],
  ['text', '{"error": 1}\n', 0, 'it is JSON, not metrics'],
  ['text', 'a 1\nb 12', 2, 'it is truncated in the middle of a line: "b 12"'],
  ['text', 'a 1\r\n', 1, 'its lines end in CR LF, expected LF only'],
  [
    'text',
    'a 1\n# TYPE b stateset\n',
    2,
    'the TYPE of b is "stateset", expected one of counter, gauge, untyped, summary, histogram',
  ],
  ['text', '# HELP a x \\t\n', 1, 'the HELP of a has an invalid escape sequence'],
  ['text', '# HELP 1a x\n', 1, '"1a" is not a metric name'],
  ['openmetrics', '# TYPE a gauge\na 1\n', 2, "it is truncated: OpenMetrics ends with '# EOF'"],
  ['openmetrics', '# TYPE a gauge\na 1\n# EOF', 3, "there is no line feed after '# EOF'"],
  ['openmetrics', '# EOF\na 1\n', 2, "there is text after '# EOF'"],
  ['openmetrics', 'a 1\n\n# EOF\n', 2, 'the line is empty, which OpenMetrics does not allow'],
  ['openmetrics', '# a remark\n# EOF\n', 1, 'OpenMetrics allows no comments except TYPE, HELP, UNIT and EOF'],
]

for (const [format, text, line, wrong] of unreadable)
  test(`${format}: ${JSON.stringify(text)} is not an exposition`, () => {
    assert.deepEqual(readExposition(text, format), { line, wrong })
  })

test('without a Content-Type the format is detected by what only one of them has, even if the end is missing', () => {
  for (const text of [
    'a 1\n# EOF\n',
    '# EOF',
    '# TYPE a info\na_info 1\n',
    '# UNIT a_s s\n',
    'x 1\n# TYPE a unknown\n',
  ])
    assert.equal(formatOf(text), 'openmetrics', text)
  for (const text of [
    'a 1\n',
    '# TYPE a counter\n',
    '# HELP a # EOF\n',
    'a{b="# EOF"} 1\n',
    '# TYPE information gauge\n',
  ])
    assert.equal(formatOf(text), 'text', text)
})

for (const format of formats)
  test(`everything the runtime exposes in ${format} is read, value by value`, async () => {
    const text = await busyMetrics().render(format)
    assert.equal(formatOf(text), format)
    const read = readExposition(text, format)
    assert.ok('families' in read)
    assert.deepEqual(read.flaws, [])
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const all = read.families.flatMap(({ samples }) => samples)
    assert.equal(all.length, lines.length)
    assert.deepEqual(
      all.map(({ value }) => value),
      lines.map((line) => Number(line.slice(line.lastIndexOf(' ') + 1))),
    )
    assert.equal(read.families.find(({ name }) => name === 'tb_equity_usdt')?.unit, format === 'text' ? null : 'usdt')
    const odd = all.find(({ value }) => value === 1e-7)
    assert.deepEqual(Object.fromEntries(odd?.labels ?? []), { symbol: 'odd " \\ value', side: 'buy' })
  })

test('a cut anywhere in an exposition is detected, except between two lines of the text format, which has no end marker', async () => {
  for (const format of formats) {
    const text = await busyMetrics().render(format)
    for (let at = 1; at < text.length; at += 7) {
      const cut = text.slice(0, at)
      const read = readExposition(cut, format)
      assert.equal('wrong' in read, format === 'openmetrics' || !cut.endsWith('\n'), cut.slice(-60))
    }
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { auto } from '../../definitions/language/duration.ts'
import { aggregate, below, binary, call, type Node, number, selector, string } from '../../definitions/language/node.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { parse } from '../../generators/promql/parse.ts'
import { print } from '../../generators/promql/print.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { matching, negation, rangeSelector, subquery } from './trees.ts'

const [a, b, c] = [selector('a'), selector('b'), selector('c')]
const asked = (label: string, value: string) => ({ label, op: '=', value }) as const

const read: readonly (readonly [string, Node])[] = [
  // a modifier after an operand belongs to that operand alone, whatever precedes it
  ['a + b offset 5m', binary('+', a, { ...b, offset: '5m' })],
  ['-a offset 5m', negation({ ...a, offset: '5m' })],
  ['a / b @ end()', binary('/', a, { ...b, at: 'end' })],
  ['a + rate(b[5m] offset 1h @ 3)', binary('+', a, call('rate', { ...rangeSelector(b, '5m'), offset: '1h', at: 3 }))],
  ['a - max_over_time(b[5m:]) > 1', binary('>', binary('-', a, call('max_over_time', subquery(b, '5m'))), number(1))],
  // a sign binds more weakly than a power
  ['-2 ^ 2', negation(binary('^', number(2), number(2)))],
  ['2 ^ -1 ^ b', binary('^', number(2), negation(binary('^', number(1), b)))],
  ['- -1', number(1)],
  ['-(1)', number(-1)],
  ['a -1', binary('-', a, number(1))],
  ['a ^ -b * c', binary('*', binary('^', a, negation(b)), c)],
  // keywords as names
  ['offset offset 5m', { ...selector('offset'), offset: '5m' }],
  ['sum by (offset, on) (by)', aggregate('sum', selector('by'), 'by', ['offset', 'on'])],
  ['a == bool on (bool) offset', { ...binary('==', a, selector('offset'), matching('on', ['bool'])), bool: true }],
  ['and and and', binary('and', selector('and'), selector('and'))],
  // names and labels in quotes
  ['{"a.b", "c d"="e"}', selector('a.b', [asked('c d', 'e')])],
  ['{__name__="a"}', a],
  ['{__name__="a", __name__="b"}', selector('', [asked('__name__', 'a'), asked('__name__', 'b')])],
  ["a{b='it\\'s', c=`\\d`,}", selector('a', [asked('b', "it's"), asked('c', '\\d')])],
  // numbers and durations
  ['a > 5.', binary('>', a, number(5))],
  ['a > 0x_1F', binary('>', a, number(31))],
  ['a > 017', binary('>', a, number(15))],
  ['a > 1_000.5e1', binary('>', a, number(10_005))],
  ['a > 1h30m', binary('>', a, number(5400))],
  ['rate(a[300])', call('rate', rangeSelector(a, '5m'))],
  ['rate(a[ +5m ] offset - -90)', call('rate', { ...rangeSelector(a, '5m'), offset: '1m30s' })],
  ['a # [comment\r\n + b', binary('+', a, b)],
  ['label_replace(a, "x", "$1", "y", "(.*)")', call('label_replace', a, ...['x', '$1', 'y', '(.*)'].map(string))],
]
for (const [text, tree] of read)
  test(`parses ${JSON.stringify(text)}`, () => {
    const parsed = parse(text)
    assert.ok(parsed.ok, JSON.stringify(parsed))
    assert.deepEqual(parsed.node, tree)
  })

const refused: readonly (readonly [string, string])[] = [
  ['', '^ the expression is empty: write one'],
  ['sum(a', '   ^ this ( is never closed: write ) where it ends'],
  ['a)', ' ^ unmatched )'],
  ['a{b="c}', '    ^^^ unterminated string: the closing " is missing'],
  ['a{b="\\d"}', '    ^^^^ "\\d" has an unknown escape sequence: write \\\\ for \\'],
  ['a > 2GB', '    ^^^ 2GB is not a number, and PromQL has no unit prefixes: write 2000000000'],
  ['a > 1e999', '    ^^^^^ 1e999 is too large'],
  ['a[300y]', '  ^^^^ 300y is too long: a duration is at most 292 years'],
  ['a €', '  ^ unexpected "€"'],
  ['a b', '  ^ missing operator before b'],
  ['a +', '  ^ unexpected end of expression after +'],
  ['a[5m][5m]', '^^^^^^^^^ a range is only allowed after a selector: use a subquery, such as [5m:]'],
  [
    '(a) offset 5m',
    '^^^^^^^^^^^^^ offset is only allowed after a selector or a subquery: apply it to the metrics inside',
  ],
  ['a offset 5m[5m]', '^^^^^^^^^^^^^^^ offset comes after the range, not before it'],
  ['rate(a)', '     ^ rate() expects a range vector, got an instant vector: add a window, such as [5m]'],
  ['rte(a[5m])', '^^^ unknown function rte: did you mean rate?'],
  ['a > bool 1 and 2', '^^^^^^^^^^^^^^^^ and needs an instant vector on both sides'],
  ['{a=~".*"}', '^^^^^^^^^ a selector needs at least one matcher that does not match the empty string: name a metric'],
  ['a{b=~"x**"}', '^^^^^^^^^^^ b: x** repeats a repetition, which RE2 does not allow'],
  ['a{b=~"(?=x)"}', '^^^^^^^^^^^^^ b: (?=x) has a lookaround, which RE2 does not support'],
  ['a / on (x) group_left (x) b', '^^^^^^^^^^^^^^^^^^^^^^^^^^^ x is in both on() and group_left(): list it once'],
  [
    'a[5m] smoothed',
    '^^^^^^^^^^^^^^ smoothed needs the feature flag promql-extended-range-selectors, and botwatch does not support it',
  ],
]
for (const [text, caret] of refused)
  test(`rejects ${JSON.stringify(text)} and points at the mistake`, () => {
    const parsed = parse(text)
    assert.ok(!parsed.ok)
    const [first] = parsed.errors
    assert.ok(first !== undefined)
    const says = first.fix === '' ? first.message : `${first.message}: ${first.fix}`
    assert.equal(`${' '.repeat(first.from)}${'^'.repeat(Math.max(1, first.to - first.from))} ${says}`, caret)
  })

const flagged: readonly (readonly [string, string, string])[] = [
  ['limitk(2, a)', 'limitk()', 'promql-experimental-functions'],
  ['info(a, {version="1"})', 'info()', 'promql-experimental-functions'],
  ['double_exponential_smoothing(a[5m], 0.5, 0.5)', 'double_exponential_smoothing()', 'promql-experimental-functions'],
  ['rate(a[5m + 1m])', 'arithmetic in a duration', 'promql-duration-expr'],
]
for (const [text, what, flag] of flagged)
  test(`${text} names its feature flag, and is rejected unless the flag is enabled`, () => {
    const parsed = parse(text)
    assert.ok(parsed.ok)
    assert.deepEqual(
      parsed.flags.map((one) => [one.what, one.flag]),
      [[what, flag]],
    )
    assert.equal(print(parsed.node), text)
    const without = parse(text, [])
    assert.ok(!without.ok)
    assert.deepEqual(
      without.errors.map(({ message, fix }) => `${message}: ${fix}`),
      [`${what} needs the feature flag ${flag}: enable it, or rewrite the expression without it`],
    )
    assert.ok(parse(text, [flag]).ok)
  })

test('every node knows its place in the text', () => {
  const text = 'sum by (x) (rate(a[5m])) / -b offset 1h > 0.5'
  const parsed = parse(text)
  assert.ok(parsed.ok)
  const said: string[] = []
  const walk = (node: Node): void => {
    const span = parsed.spans.get(node)
    said.push(span === undefined ? 'nowhere' : text.slice(span.from, span.to))
    for (const one of below(node)) walk(one)
  }
  walk(parsed.node)
  assert.deepEqual(said, [
    text,
    'sum by (x) (rate(a[5m])) / -b offset 1h',
    'sum by (x) (rate(a[5m]))',
    'rate(a[5m])',
    'a[5m]',
    '-b offset 1h',
    'b offset 1h',
    '0.5',
  ])
})

test('every expression of every bot, printed and parsed again, is the tree that the builder made', () => {
  let seen = 0
  for (const definition of bots) {
    const { bot } = resolve(definition, containerTopology).model
    const queries = [
      ...bot.alerts.map(({ when }) => when),
      ...bot.records.map(({ of }) => of),
      ...Object.values(bot.dashboards).flatMap(({ panels }) =>
        Object.values(panels).flatMap(({ show }) => show.map(({ query }) => query)),
      ),
    ]
    for (const query of queries) {
      // the window that Grafana fits is not PromQL
      const text = print(query).replaceAll(auto, '5m')
      const parsed = parse(text)
      assert.ok(parsed.ok, text)
      assert.deepEqual(plain(parsed.node), plain(JSON.parse(JSON.stringify(query).replaceAll(auto, '5m'))), text)
      assert.equal(print(parsed.node), text)
      seen++
    }
  }
  assert.ok(seen > 50, `only ${seen} expressions`)
})
/** The printer sorts matchers, and prints nodes that were interpolated into PromQL text. */
const plain = (node: Node): unknown =>
  JSON.parse(JSON.stringify(node), (key, value) =>
    key === 'matchers' ? [...value].sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1)) : value,
  )

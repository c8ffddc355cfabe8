import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aggregate, binary, call, type Node, number, selector, string } from '../../definitions/language/node.ts'
import { print } from '../../generators/promql/print.ts'
import { asPrometheus, reduceTree } from './as-prometheus.ts'
import { prometheusWith } from './prometheus.ts'
import { matching, negation, randomVector, rangeSelector, repeatable, subquery } from './trees.ts'

const [a, b, c] = [selector('a'), selector('b'), selector('c')]
const equals = (label: string, value: string) => ({ label, op: '=', value }) as const

const table: readonly (readonly [string, Node])[] = [
  // precedence
  ['a + b * c', binary('+', a, binary('*', b, c))],
  ['(a + b) * c', binary('*', binary('+', a, b), c)],
  ['a - b - c', binary('-', binary('-', a, b), c)],
  ['a - (b - c)', binary('-', a, binary('-', b, c))],
  ['a / b / c', binary('/', binary('/', a, b), c)],
  ['a / (b / c)', binary('/', a, binary('/', b, c))],
  ['a % b atan2 c', binary('atan2', binary('%', a, b), c)],
  ['a + b > c', binary('>', binary('+', a, b), c)],
  ['(a > b) + c', binary('+', binary('>', a, b), c)],
  ['a > b > c', binary('>', binary('>', a, b), c)],
  ['a > (b > c)', binary('>', a, binary('>', b, c))],
  ['a > 1 and b > 2', binary('and', binary('>', a, number(1)), binary('>', b, number(2)))],
  ['a or b and c', binary('or', a, binary('and', b, c))],
  ['(a or b) and c', binary('and', binary('or', a, b), c)],
  ['a unless b and c', binary('and', binary('unless', a, b), c)],
  ['a unless (b and c)', binary('unless', a, binary('and', b, c))],
  // powers are right-associative and bind more strongly than a sign
  ['a ^ b ^ c', binary('^', a, binary('^', b, c))],
  ['(a ^ b) ^ c', binary('^', binary('^', a, b), c)],
  ['a * b ^ c', binary('*', a, binary('^', b, c))],
  ['(-1) ^ b', binary('^', number(-1), b)],
  ['(-a) ^ b', binary('^', negation(a), b)],
  ['-a ^ b', negation(binary('^', a, b))],
  ['a ^ (-b)', binary('^', a, negation(b))],
  ['a ^ (-2)', binary('^', a, number(-2))],
  // signs
  ['-a * b', binary('*', negation(a), b)],
  ['-(a * b)', negation(binary('*', a, b))],
  ['a * -b', binary('*', a, negation(b))],
  ['a - -b', binary('-', a, negation(b))],
  ['a > -5', binary('>', a, number(-5))],
  ['--a', negation(negation(a))],
  ['-sum(a)', negation(aggregate('sum', a, 'by', []))],
  // numbers
  ['a * 0.00001', binary('*', a, number(0.00001))],
  ['a * 1e-7', binary('*', a, number(1e-7))],
  ['a * 1e+21', binary('*', a, number(1e21))],
  ['a < +Inf', binary('<', a, number(Infinity))],
  ['a > -Inf', binary('>', a, number(-Infinity))],
  ['a == NaN', binary('==', a, number(Number.NaN))],
  // comparison with bool, and matching
  ['a > bool 1', { ...binary('>', a, number(1)), bool: true }],
  ['a == bool on (x) b', { ...binary('==', a, b, matching('on', ['x'])), bool: true }],
  ['a * on () b', binary('*', a, b, matching('on', []))],
  ['a * on (x, y) b', binary('*', a, b, matching('on', ['x', 'y']))],
  ['a / ignoring (x) b', binary('/', a, b, matching('ignoring', ['x']))],
  ['a * on (x) group_left () b', binary('*', a, b, matching('on', ['x'], 'left'))],
  ['a * on (x) group_left (v, w) b', binary('*', a, b, matching('on', ['x'], 'left', ['v', 'w']))],
  ['a - ignoring (x) group_right (v) b', binary('-', a, b, matching('ignoring', ['x'], 'right', ['v']))],
  ['a and on (x) b', binary('and', a, b, matching('on', ['x']))],
  ['a or ignoring (x) b', binary('or', a, b, matching('ignoring', ['x']))],
  ['a unless on () b', binary('unless', a, b, matching('on', []))],
  // selectors
  ['a{b="c", d!="e"}', selector('a', [{ label: 'd', op: '!=', value: 'e' }, equals('b', 'c')])],
  [
    'a{b!~"x", b=~"y|z"}',
    selector('a', [
      { label: 'b', op: '=~', value: 'y|z' },
      { label: 'b', op: '!~', value: 'x' },
    ]),
  ],
  ['{b="c"}', selector('', [equals('b', 'c')])],
  ['rate(a[5m])', call('rate', rangeSelector(a, '5m'))],
  ['a offset 1h', { ...a, offset: '1h' }],
  ['a offset -1h', { ...a, offset: '-1h' }],
  ['a @ 1700000000.25', { ...a, at: 1700000000.25 }],
  ['a @ start() offset 5m', { ...a, at: 'start', offset: '5m' }],
  ['rate(a[1h30m] @ end() offset 1d)', call('rate', { ...a, range: '1h30m', at: 'end', offset: '1d' })],
  [
    'last_over_time(a{b="c"}[5m] offset 1d)',
    call('last_over_time', { ...selector('a', [equals('b', 'c')]), range: '5m', offset: '1d' }),
  ],
  // strings
  ['a{b="\\"\\\\\\n\\t\\r"}', selector('a', [equals('b', '"\\\n\t\r')])],
  ['a{b="\\x00\\x07\\x7f"}', selector('a', [equals('b', '\u0000\u0007\u007f')])],
  ['a{b="한국 🚀 é"}', selector('a', [equals('b', '한국 🚀 é')])],
  ['a{b=~"\\\\d+\\\\.x"}', selector('a', [{ label: 'b', op: '=~', value: '\\d+\\.x' }])],
  ['a{b="it\'s `so`"}', selector('a', [equals('b', "it's `so`")])],
  // UTF-8 names, and names that are PromQL keywords
  ['{"a.b"}', selector('a.b')],
  ['{"a.b", "c d"="e"}', selector('a.b', [equals('c d', 'e')])],
  ['rate({"비트"}[5m])', call('rate', rangeSelector(selector('비트'), '5m'))],
  ['sum by ("c d", e) (a)', aggregate('sum', a, 'by', ['e', 'c d'])],
  ['a * on ("c d") b', binary('*', a, b, matching('on', ['c d']))],
  ['by + sum + offset', binary('+', binary('+', selector('by'), selector('sum')), selector('offset'))],
  ...['Inf', 'nan', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'atan2', 'without'].map(
    (word) => [`{"${word}"}`, selector(word)] as const,
  ),
  [
    'sum by (bool, by, "inf", "nan", offset, on, "without") (a)',
    aggregate('sum', a, 'by', ['inf', 'nan', 'without', 'bool', 'by', 'offset', 'on']),
  ],
  ['a{inf="1", without="2"}', selector('a', [equals('inf', '1'), equals('without', '2')])],
  // aggregations
  ['sum(a)', aggregate('sum', a, 'by', [])],
  ['sum by (x, y) (a)', aggregate('sum', a, 'by', ['y', 'x'])],
  ['sum without () (a)', aggregate('sum', a, 'without', [])],
  ['max without (x) (a)', aggregate('max', a, 'without', ['x'])],
  ['topk by (x) (5, a)', aggregate('topk', a, 'by', ['x'], number(5))],
  ['quantile(0.5, a)', aggregate('quantile', a, 'by', [], number(0.5))],
  ['count_values("v", a)', aggregate('count_values', a, 'by', [], string('v'))],
  ['sum by (x) (a > 1 or b)', aggregate('sum', binary('or', binary('>', a, number(1)), b), 'by', ['x'])],
  ['sum(a) / sum by (x) (b)', binary('/', aggregate('sum', a, 'by', []), aggregate('sum', b, 'by', ['x']))],
  // subqueries of everything
  ['max_over_time(a[1h:])', call('max_over_time', subquery(a, '1h'))],
  [
    'max_over_time(a[1h:1m] @ start() offset 1d)',
    call('max_over_time', subquery(a, '1h', { step: '1m', at: 'start', offset: '1d' })),
  ],
  ['max_over_time(rate(a[5m])[1h:])', call('max_over_time', subquery(call('rate', rangeSelector(a, '5m')), '1h'))],
  ['max_over_time(sum by (x) (a)[1h:])', call('max_over_time', subquery(aggregate('sum', a, 'by', ['x']), '1h'))],
  ['max_over_time((a / b)[1h:])', call('max_over_time', subquery(binary('/', a, b), '1h'))],
  ['max_over_time((a > 1)[1h:])', call('max_over_time', subquery(binary('>', a, number(1)), '1h'))],
  ['max_over_time((-a)[1h:])', call('max_over_time', subquery(negation(a), '1h'))],
  ['max_over_time(a offset 5m[1h:])', call('max_over_time', subquery({ ...a, offset: '5m' }, '1h'))],
  ['max_over_time(a @ end()[1h:])', call('max_over_time', subquery({ ...a, at: 'end' }, '1h'))],
  [
    'max_over_time(max_over_time(a[5m:])[1h:])',
    call('max_over_time', subquery(call('max_over_time', subquery(a, '5m')), '1h')),
  ],
  // functions
  ['time()', call('time')],
  ['time() - a', binary('-', call('time'), a)],
  ['vector(1)', call('vector', number(1))],
  ['clamp(a, -1, 1)', call('clamp', a, number(-1), number(1))],
  ['label_replace(a, "x", "$1", "y", "(.*)-.*")', call('label_replace', a, ...['x', '$1', 'y', '(.*)-.*'].map(string))],
  [
    'histogram_quantile(0.95, sum by (le) (rate(a_bucket[5m])))',
    call(
      'histogram_quantile',
      number(0.95),
      aggregate('sum', call('rate', rangeSelector(selector('a_bucket'), '5m')), 'by', ['le']),
    ),
  ],
]

test('a tree has one text, with parentheses only where needed', () => {
  for (const [text, tree] of table) assert.equal(print(tree), text)
})

test('PromQL text is kept as written, and interpolated nodes are parenthesised where precedence could split them', () => {
  const door = (...parts: (string | Node)[]): Node => ({ kind: 'text', parts })
  const cases: readonly (readonly [string, Node])[] = [
    ['topk(5, a)', door('topk(5, ', a, ')')],
    ['rate(a{b="c"}[5m])', door('rate(', selector('a', [equals('b', 'c')]), '[5m])')],
    ['2 * (a + b)', door('2 * ', binary('+', a, b))],
    ['2 ^ (-a)', door('2 ^ ', negation(a))],
    ['2 ^ (-1)', door('2 ^ ', number(-1))],
    ['2 * (a + 1)', door('2 * ', door(a, ' + 1'))],
    ['(a + 1) * b', binary('*', door(a, ' + 1'), b)],
    ['max_over_time((a + 1)[1h:])', call('max_over_time', subquery(door(a, ' + 1'), '1h'))],
  ]
  for (const [text, tree] of cases) assert.equal(print(tree), text)
})

test('Prometheus parses the text into exactly the tree that was printed', async (t) => {
  const prometheus = await prometheusWith(t)
  if (!prometheus) return
  const random = repeatable(9)
  const drawn = Array.from({ length: 400 }, () => randomVector(random, 4))
  for (const tree of [...table.map(([, tree]) => tree), ...drawn]) {
    const text = print(tree)
    const read = await prometheus.parse(text)
    assert.deepEqual(reduceTree(read), asPrometheus(tree), text)
  }
})

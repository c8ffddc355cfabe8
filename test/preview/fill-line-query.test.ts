import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillLineQuery, type Selection } from '../../preview/page/logs/fill-line-query.ts'
import { withPluginVariables } from '../fixtures/plugin-variables.ts'

const chosen = (...values: readonly string[]): Selection => ({ values, isAll: false })
const all = (allValue?: string): Selection => ({ values: ['BTC', 'ETH'], isAll: true, allValue })

const filled = (query: string, symbol: Selection) => fillLineQuery(query, new Map([['symbol', symbol]]))

const selections: readonly (readonly [what: string, Selection, string | readonly string[]])[] = [
  ['one value', chosen('BTC'), 'BTC'],
  ['several values', chosen('BTC', 'ETH'), ['BTC', 'ETH']],
  ['a value with quotes and a backslash', chosen('o"n\\e', "o'ne"), ['o"n\\e', "o'ne"]],
  ['all, as a pattern', all('.*'), '.*'],
  ['all, without a value of its own', all(), ['BTC', 'ETH']],
]
// in the parentheses of generated queries, where the plugin leaves comparisons as they are
const places = [
  'event:="a" (symbol:in($symbol)) | stats count() as value',
  '(event:in("b", "c") or symbol:in( $symbol ))',
  '(symbol:$symbol)',
  '(_msg:"about $symbol")',
]
for (const [what, selected, values] of selections)
  test(`a variable is filled as Grafana’s plugin does it: ${what}`, () =>
    assert.deepEqual(
      places.map((query) => filled(query, selected)),
      places.map((query) => withPluginVariables(query, { symbol: values })),
    ))

const expected: readonly (readonly [what: string, query: string, Selection, string])[] = [
  [
    'a value of its own for all is filled in as it is',
    'symbol:in($symbol)',
    all('"BTC","SOL"'),
    'symbol:in("BTC","SOL")',
  ],
  ['a star is all', 'symbol:in($symbol)', chosen('*'), 'symbol:in(*)'],
  ['all of a stream', '{symbol in($symbol)}', all('.*'), '{symbol in(*)}'],
  ['nothing', 'symbol:in($symbol)', chosen(''), 'symbol:in()'],
  ['values of a pattern are not escaped', 'symbol:~"^$symbol"', chosen('a.b', 'c'), 'symbol:~"^(a.b|c)"'],
  ['a pattern without quotes', 'symbol:~$symbol', chosen('BTC', 'ETH'), 'symbol:~"(BTC|ETH)"'],
  ['a pattern for all', 'symbol:~"$symbol"', all('*'), 'symbol:~".*"'],
  ['a refused pattern is none', 'symbol:!~"$symbol"', chosen('BTC', 'ETH'), 'symbol:!~"BTC OR ETH"'],
  ['what looks like a filter in a pattern', '_msg:~"at 10:30 $symbol"', chosen('BTC'), '_msg:~"at 10:30 BTC"'],
  ['several values of a comparison', 'symbol:="$symbol"', chosen('BTC', 'ETH'), 'symbol:="BTC OR ETH"'],
  ['a comparison with all', 'symbol:="$symbol" | limit 1', all(), 'symbol:in("BTC","ETH") | limit 1'],
  ['what is unequal to all', 'symbol:!=$symbol', all('.*'), '!symbol:in(*)'],
  ['a comparison of a stream with all', '{symbol="$symbol"}', all('.*'), '{symbol in(*)}'],
  ['what is unequal in a stream', '{bot="a",symbol!="$symbol"}', all(), '{bot="a",symbol not_in("BTC","ETH")}'],
  ['a variable in braces', `symbol:in(\${symbol}) or [[symbol]]`, chosen('BTC'), 'symbol:in("BTC") or BTC'],
  ['a word after a $ that is not a variable', 'error:"$5" or $other', chosen('BTC'), 'error:"$5" or $other'],
]
for (const [what, query, selected, text] of expected)
  test(`a query of log lines with a variable becomes what the plugin sends: ${what}`, () =>
    assert.equal(filled(query, selected), text))

test('a value is not read as a variable', () =>
  assert.equal(
    fillLineQuery(
      'a:in($a) b:in($b)',
      new Map([
        ['a', chosen('$b')],
        ['b', chosen('x')],
      ]),
    ),
    'a:in("$b") b:in("x")',
  ))

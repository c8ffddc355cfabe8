import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationWords, every } from '../../generators/text/duration-words.ts'
import { listText } from '../../generators/text/list-text.ts'
import { anchor, code, codeBlock, markdownTable, numberedList, prose } from '../../generators/text/markdown.ts'

const words: readonly (readonly [string, string])[] = [
  ['mcbot_fees_usdt_total is a name', 'mcbot_fees_usdt_total is a name'],
  ['it ends in _total', 'it ends in \\_total'],
  ['a * b, and *loud*', 'a * b, and \\*loud\\*'],
  ['a <b>tag</b>, a < b and b > a', 'a \\<b>tag\\</b>, a < b and b > a'],
  ['rate(x[5m]) and [a](b)', 'rate(x[5m]) and [a\\](b)'],
  ['a `for` of *an hour*', 'a `for` of \\*an hour\\*'],
  ['a lone ` backtick', 'a lone \\` backtick'],
  ['~struck~ $math$ C:\\dir &amp;', '\\~struck\\~ \\$math\\$ C:\\\\dir \\&amp;'],
  ['# no heading', '\\# no heading'],
  ['- no list', '\\- no list'],
  ['1. no list', '1\\. no list'],
  ['> no quote', '\\> no quote'],
  ['two\n  lines', 'two lines'],
  ['포트폴리오 손실이 10% 초과.', '포트폴리오 손실이 10% 초과.'],
]
for (const [given, expected] of words)
  test(`in prose ${JSON.stringify(given)} is shown as it is`, () => {
    assert.equal(prose(given), expected)
  })

test('a cell keeps its table whole', () => {
  assert.equal(
    markdownTable(
      ['a', 'b'],
      [
        ['x|y', code('up{job=~"a|b"}')],
        ['two\nlines', ''],
      ],
    ),
    '| a | b |\n| --- | --- |\n| x\\|y | `up{job=~"a\\|b"}` |\n| two lines |  |',
  )
})

test('code may contain backticks, and a block may contain blocks', () => {
  assert.equal(code('a'), '`a`')
  assert.equal(code('a`b'), '``a`b``')
  assert.equal(code('`a`'), '`` `a` ``')
  assert.equal(codeBlock('echo ```\n', 'sh'), '````sh\necho ```\n````')
})

test('an item of several blocks stays one item', () => {
  const items = [...Array.from({ length: 9 }, () => 'x'), 'a\n\n```\nb\n```']
  assert.equal(numberedList(items).split('\n').slice(8).join('\n'), '9. x\n10. a\n\n    ```\n    b\n    ```')
})

test('a heading is found by the anchor that renderers make of it', () => {
  assert.equal(anchor('Orders & fills'), 'orders--fills')
  assert.equal(anchor('mcbot:realized_pnl_usdt'), 'mcbotrealized_pnl_usdt')
})

test('durations and lists are words', () => {
  assert.deepEqual(['30s', '1m', '90m', '24h', '1d', '0s'].map(durationWords), [
    '30 seconds',
    '1 minute',
    '1 hour 30 minutes',
    '24 hours',
    '1 day',
    '0 seconds',
  ])
  assert.deepEqual(['1h', '6h', '1d', '1h30m'].map(every), [
    'every hour',
    'every 6 hours',
    'every day',
    'every 1 hour 30 minutes',
  ])
  assert.deepEqual(
    [listText([]), listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'], 'or')],
    ['', 'a', 'a and b', 'a, b or c'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Node, SelectorNode } from '../../definitions/language/node.ts'
import { parse } from '../../generators/promql/parse.ts'
import { print } from '../../generators/promql/print.ts'
import { keepLabels } from '../../generators/resolve/keep-labels.ts'

/** The bot's own series have the account, those of the machine do not. */
const carried = ({ name }: SelectorNode) => (name.startsWith('machine') ? [] : ['account'])

const table: readonly (readonly [what: string, given: string, expected: string, labels: readonly string[]])[] = [
  ['a selector carries what its target does', 'a', 'a', ['account']],
  ['and the machine’s does not', 'machine', 'machine', []],
  ['what keeps bot and env keeps it', 'sum by (bot, env) (a)', 'sum by (account, bot, env) (a)', ['account']],
  ['also where env is let go', 'sum by (bot) (a)', 'sum by (account, bot) (a)', ['account']],
  ['and goes with both', 'sum(a)', 'sum(a)', []],
  ['the machine has none to keep', 'sum by (bot, env) (machine)', 'sum by (bot, env) (machine)', []],
  [
    'without() drops only the labels that it names',
    'sum without (symbol) (a)',
    'sum without (symbol) (a)',
    ['account'],
  ],
  ['as somebody may who writes so', 'sum without (account) (a)', 'sum without (account) (a)', []],
  ['the k of each account', 'topk by (bot, env) (3, a)', 'topk by (account, bot, env) (3, a)', ['account']],
  ['topk of all still has all labels', 'topk(3, a)', 'topk(3, a)', ['account']],
  [
    'inside of functions',
    'histogram_quantile(0.9, sum by (bot, env, le) (rate(a[5m])))',
    'histogram_quantile(0.9, sum by (account, bot, env, le) (rate(a[5m])))',
    ['account'],
  ],
  [
    'under a subquery',
    'max_over_time(sum by (bot, env) (a)[1h:])',
    'max_over_time(sum by (account, bot, env) (a)[1h:])',
    ['account'],
  ],
  ['a number has none', 'scalar(a)', 'scalar(a)', []],
  ['absent() carries what it asks for', 'absent(a{account="main"})', 'absent(a{account="main"})', ['account']],
  ['and nothing else', 'absent(a{env="live"})', 'absent(a{env="live"})', []],
  ['a join of environments is one of accounts', 'a > on (bot, env) b', 'a > on (account, bot, env) b', ['account']],
  ['of processes too', 'a and on (instance) b', 'a and on (account, instance) b', ['account']],
  ['another join stays as it is', 'a and on (symbol) b', 'a and on (symbol) b', ['account']],
  ['ignoring() matches on it anyway', 'a / ignoring (symbol) b', 'a / ignoring (symbol) b', ['account']],
  ['so does an operation without labels', 'a / b', 'a / b', ['account']],
  ['many accounts meet one machine', 'a / on (env) machine', 'a / on (env) group_left () machine', ['account']],
  ['from either side', 'machine / on (env) a', 'machine / on (env) group_right () a', ['account']],
  [
    'without it where all labels are matched on',
    'a / machine',
    'a / ignoring (account) group_left () machine',
    ['account'],
  ],
  ['sets have no groups', 'a unless machine', 'a unless ignoring (account) machine', ['account']],
  ['or has the labels of both', 'machine or a', 'machine or ignoring (account) a', ['account']],
  [
    'a group that is there stays',
    'a * on (bot, env) group_left (version) b',
    'a * on (account, bot, env) group_left (version) b',
    ['account'],
  ],
  [
    'a label that the many take from the one is carried',
    'machine * on (symbol) group_left (account) a',
    'machine * on (symbol) group_left (account) a',
    ['account'],
  ],
  [
    'from either side too',
    'a * on (symbol) group_right (account) machine',
    'a * on (symbol) group_right (account) machine',
    ['account'],
  ],
  [
    'one that they do not take is not',
    'machine * on (symbol) group_left (version) a',
    'machine * on (symbol) group_left (version) a',
    [],
  ],
  [
    'one that they take is not matched on as well',
    'a * on (bot, env) group_left (account) b',
    'a * on (bot, env) group_left (account) b',
    ['account'],
  ],
]
for (const [what, given, expected, labels] of table)
  test(`a free label is kept: ${what}`, () => {
    const kept = keepLabels(read(given), carried)
    assert.deepEqual([print(kept.node), kept.labels, kept.defects], [expected, labels, []])
  })

test('raw text is parsed, and left unchanged if it cannot be', () => {
  const text = (words: string): Node => ({ kind: 'text', parts: [words] })
  assert.equal(print(keepLabels(text('sum by (bot, env) (a)'), carried).node), 'sum by (account, bot, env) (a)')
  assert.equal(print(keepLabels(text('sum by ('), carried).node), 'sum by (')
})

test('a join that would be many-to-many is reported in a sentence', () => {
  const { node, defects } = keepLabels(read('machine * on (env) group_left () a'), carried)
  assert.equal(print(node), 'machine * on (env) group_left () a')
  assert.deepEqual(
    defects.map(({ code, message, fix }) => ({ code, message, fix })),
    [
      {
        code: 'target-label-join',
        message:
          "one side of its `*` has a series for each account of the bot's targets and the other does not, so the series cannot be matched one to one",
        fix: 'aggregate the many side by the labels both sides have, or swap group_left and group_right',
      },
    ],
  )
})

function read(text: string): Node {
  const parsed = parse(text)
  assert.ok(parsed.ok, text)
  return parsed.node
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Node, selectors } from '../../definitions/language/node.ts'
import { isShared, sharing } from '../../generators/audit/shared.ts'
import { parse } from '../../generators/promql/parse.ts'
import { print } from '../../generators/promql/print.ts'

function tree(text: string): Node {
  const parsed = parse(text)
  assert.ok(parsed.ok, text)
  return parsed.node
}
const left = (node: Node) => (node.kind === 'binary' ? node.left : assert.fail(print(node)))

const texts = [
  'sum by (a) (rate(m{x="1"}[5m])) > 3',
  'sum by (a) (rate(m{x="1"}[5m])) > 4',
  'sum by (a) (rate(m{x="1"}[10m])) > 4',
  'sum by (b) (rate(m{x="1"}[5m])) > 4',
  'sum without (a) (rate(m{x="1"}[5m])) > 4',
  'sum by (a) (rate(m{x!="1"}[5m])) > 4',
  'sum by (a) (rate(m{x="1"}[5m] offset 5m)) > 4',
  'sum by (a) (rate(m{x="1"}[5m] @ 5)) > 4',
  'topk by (a) (3, m) > 4',
  'topk by (a) (4, m) > 4',
  'clamp_min(m, 1) / clamp_min(m, 2) > 4',
  'label_replace(m, "a", "b", "c", "(.*)") > 4',
  'label_replace(m, "a", "b", "c", "(.+)") > 4',
  'sum(m) / sum(m) > 4',
  'max_over_time(sum(m)[5m:1m]) > 4',
]

test('a tree that shares its parts still means the same', () => {
  const share = sharing(new Set())
  for (const text of [...texts, ...texts]) assert.deepEqual(share(tree(text)), tree(text))
})

test('equal parts of two trees become one object, and other parts do not', () => {
  const share = sharing(new Set())
  const [first, again, ...others] = texts.slice(0, 8).map((text) => left(share(tree(text))))
  assert.equal(first, again)
  assert.ok(first !== undefined && isShared(first))
  assert.equal(new Set([first, ...others]).size, 7)
})

test('within one tree each part keeps its own place', () => {
  const share = sharing(new Set())
  share(tree('sum(m) > 1'))
  const made = share(tree('sum(m) / sum(m)'))
  assert.equal(new Set(selectors(made)).size, 2)
})

test('a part that uses a recorded name is not shared, nor is anything around it', () => {
  const share = sharing(new Set(['m']))
  const [one, other] = [share(tree('sum(m) > 1')), share(tree('sum(m) > 2'))].map(left)
  assert.ok(one !== undefined && !isShared(one))
  assert.notEqual(one, other)
})

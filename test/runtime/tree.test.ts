import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTree } from '../../runtime/tree.ts'

test('a path leads to its own leaf only, and deleting it leaves nothing behind', () => {
  const tree = createTree<number>()
  const paths = [
    ['a', 'b'],
    ['a', 'c'],
    ['ab', ''],
    ['__proto__', 'constructor'],
  ]
  for (const [i, path] of paths.entries()) tree.set(path, i)
  assert.deepEqual(
    paths.map((path) => tree.get(path)),
    [0, 1, 2, 3],
  )
  assert.equal(tree.get(['a', 'd']), undefined)
  assert.equal(tree.get(['b', 'a']), undefined)
  tree.delete(['a', 'b'])
  tree.delete(['never', 'there'])
  assert.deepEqual([tree.get(['a', 'b']), tree.get(['a', 'c'])], [undefined, 1])
  for (const path of paths) tree.delete(path)
  assert.deepEqual(tree.root(), new Map())
})

test('an empty path leads to the root', () => {
  const tree = createTree<string>()
  assert.equal(tree.get([]), undefined)
  tree.set([], 'leaf')
  assert.deepEqual([tree.get([]), tree.root()], ['leaf', 'leaf'])
  tree.clear()
  assert.deepEqual([tree.get([]), tree.root()], [undefined, undefined])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { editDistance, nearest } from '../../generators/text/nearest.ts'

const table: readonly (readonly [what: string, a: string, b: string, away: number])[] = [
  ['the same word', 'rate', 'rate', 0],
  ['a letter too many', 'ratee', 'rate', 1],
  ['a letter too few', 'rte', 'rate', 1],
  ['another letter', 'rats', 'rate', 1],
  ['two neighbours swapped', 'raet', 'rate', 1],
  ['the first two swapped', 'arte', 'rate', 1],
  ['two pairs of neighbours swapped', 'aret', 'rate', 2],
  ['two swapped letters that are not neighbours', 'tare', 'rate', 2],
  ['nothing in common', 'abc', 'xyz', 3],
  ['nothing at all', '', 'sum', 3],
]
for (const [what, a, b, away] of table)
  test(`${what}: ${a} and ${b} are ${away} apart, from either side`, () => {
    assert.deepEqual([editDistance(a, b), editDistance(b, a)], [away, away])
  })

test('counting stops at `enough`', () => {
  assert.equal(editDistance('abcdef', 'uvwxyz', 2), 2)
  assert.equal(editDistance('a', 'abcdef', 3), 3)
})

test('the nearest word is suggested: a third of a short word may be wrong, and swapped neighbours count as one change', () => {
  const known = ['sum', 'rate', 'avg_over_time']
  assert.equal(nearest('smu', known), 'did you mean sum?')
  assert.equal(nearest('avg_voer_tmie', known), 'did you mean avg_over_time?')
  assert.equal(nearest('mus', known), '')
  assert.equal(nearest('ratings', known), '')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cycleFrom, groupsOf } from './cycles.ts'
import { edges, edgesOf } from './repository.ts'

/** Files that may import one another, sorted, each group with the reason. */
const exceptions: readonly { readonly files: readonly string[]; readonly why: string }[] = [
  {
    files: ['definitions/language/query/match.ts', 'definitions/language/query/vector.ts'],
    why: 'two halves of one recursive type: matching two vectors gives a vector',
  },
  {
    files: ['aggregate', 'analyse', 'binary', 'call', 'rules', 'selector'].map(
      (name) => `generators/meaning/${name}.ts`,
    ),
    why: 'the type of the rule table is inferred from the rules, which use the table: tests replace rules in it',
  },
]

const shown = (all: typeof edges, group: readonly string[]) => {
  const cycle = cycleFrom(group[0] as string, all)
  return [...cycle, cycle[0]].join(' imports ')
}
const isException = (group: readonly string[]) => exceptions.some(({ files }) => files.join() === group.join())
const cycles = (all: typeof edges) =>
  groupsOf(all)
    .filter((group) => !isException(group))
    .map((group) => shown(all, group))

test('I12: no files import one another in a cycle, types included', () => {
  assert.ok(edges.length > 1000)
  assert.deepEqual(cycles(edges), [])
})

test('I12: every exception is needed', () => {
  const groups = groupsOf(edges).map((group) => group.join())
  for (const { files, why } of exceptions) {
    assert.notEqual(why, '')
    assert.ok(groups.includes(files.join()), `${files.join(', ')} no longer import one another: remove the exception`)
  }
})

const planted = [
  [
    'between two files, one way through a type only',
    ['runtime/cells.ts', "import type { Family } from './shapes.ts'"],
    'runtime/cells.ts imports runtime/shapes.ts imports runtime/cells.ts',
  ],
  [
    'through a re-export',
    ['definitions/language/severity.ts', "export { alert } from './alert.ts'"],
    'definitions/language/alert.ts imports definitions/language/severity.ts imports definitions/language/alert.ts',
  ],
  [
    'of a file with itself',
    ['definitions/language/node.ts', "const nodes = await import('./node.ts')"],
    'definitions/language/node.ts imports definitions/language/node.ts',
  ],
  [
    'that enlarges the cycle of an exception',
    ['generators/meaning/meaning.ts', "import type { Rules } from './rules.ts'"],
    'generators/meaning/aggregate.ts imports generators/meaning/analyse.ts imports generators/meaning/aggregate.ts',
  ],
] as const

for (const [name, [from, text], cycle] of planted)
  test(`I12: a cycle is found: one ${name}`, () => {
    assert.deepEqual(cycles([...edges, ...edgesOf(from, text)]), [cycle])
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOf } from './names.ts'

const exported = [
  ['values', 'export const a = 1\nexport async function b() {}\nexport function* c() {}', 'a, b, c'],
  ['types', 'export interface A {}\nexport type B<C> = C\nexport type { D }\ninterface D {}', 'type A, type B, type D'],
  ['a list with aliases', 'const a = 1\nexport { a, a as b }', 'a, b'],
  ['a default', 'export default 1', 'default'],
  [
    'a destructured value',
    'export const { a, b: c, d: { e }, f = { g: 1 }, ...h } = i\nexport const [j, , k] = l',
    'a, c, e, f, h, j, k',
  ],
  ['nothing from a property', 'a.export = 1', ''],
  ['nothing from a string', "const a = 'export const b = 1' // export const c", ''],
] as const

for (const [name, source, expected] of exported)
  test(`exported: ${name}`, () =>
    assert.equal(
      namesOf(source)
        .exported.map((one) => (one.isType ? `type ${one.name}` : one.name))
        .join(', '),
      expected,
    ))

const taken = [
  ['names', "import { a, type B as C, type D } from './a.ts'", 'a B D'],
  ['a default and names', "import a, { b } from './a.ts'\nimport c from './a.ts'", 'default b default'],
  ['only types', "import type { A } from './a.ts'\nimport type B from './a.ts'", 'A default'],
  ['a namespace', "import * as a from './a.ts'", '*'],
  ['a re-export', "export { a as b } from './a.ts'\nexport type { C } from './a.ts'", 're a re C'],
  ['a re-export of everything', "export * from './a.ts'\nexport * as b from './a.ts'", 're * re *'],
  ['an import that is re-exported', "import { a as b } from './a.ts'\nexport { b }", 'a re a'],
  ['a property of a dynamic import', "(await import('./a.ts')).b", 'b'],
  ['a destructured dynamic import', "const { a, b: c } = await import('./a.ts')", 'a b'],
  ['a dynamic import as a whole', "const a = await import('./a.ts')", '*'],
  ['a type from a module', "let a: import('./a.ts').B", 'B'],
  ['nothing from a side-effect import', "import './a.ts'", ''],
] as const

for (const [name, source, expected] of taken)
  test(`taken: ${name}`, () =>
    assert.equal(
      namesOf(source)
        .taken.map((one) => (one.isPassedOn ? `re ${one.name}` : one.name))
        .join(' '),
      expected,
    ))

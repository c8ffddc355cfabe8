import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOf, importsOf } from './scan.ts'

const value = (...of: readonly string[]) => of.map((one) => ({ of: one, isType: false }))
const type = (...of: readonly string[]) => of.map((one) => ({ of: one, isType: true }))

const cases = [
  ['an import of names', "import { a, type B as C } from './a.ts'", value('./a.ts')],
  ['one across several lines', "import {\n  a,\n  b,\n} from './a.ts'", value('./a.ts')],
  ['a default and a namespace', 'import a, * as b from \'x\'\nimport c from "y"', value('x', 'y')],
  ['a side-effect import', "import './a.ts'", value('./a.ts')],
  ['only types', "import type { A } from './a.ts'\nexport type { B } from './b.ts'", type('./a.ts', './b.ts')],
  ['a default named type', "import type from './a.ts'", value('./a.ts')],
  ['a re-export', "export * from './a.ts'\nexport { b } from './b.ts'", value('./a.ts', './b.ts')],
  ['a dynamic import', "const a = await import('./a.ts')", value('./a.ts')],
  ['a computed one', 'const a = await import(path)', value('')],
  ['a type from a module', "let a: typeof import('./a.ts')", value('./a.ts')],
  ['a required module', "const a = require('x')", value('x')],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test is a template
  ['one inside a template', "const a = `${await import('./a.ts')}`", value('./a.ts')],
  ['one after a regular expression', "const a = /'/.test(b)\nimport('./a.ts')", value('./a.ts')],
  ['one after a division', "const a = b / c; import('./a.ts'); d / e", value('./a.ts')],
] as const

for (const [name, source, expected] of cases)
  test(`found: ${name}`, () => assert.deepEqual(importsOf(source), expected))

const none = [
  ['a comment', "// import './a.ts'\n/* import './a.ts' */"],
  ['a string', `const a = "import './a.ts'"; const b = 'it\\'s from "x"'`],
  ['a template', "const a = `import './a.ts'`"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test is a template
  ['a template in a template', 'const a = `${`import "a"`} import "b"`'],
  ['a regular expression', "const a = /import '.\\/a.ts'/"],
  ['a property called from', "const a = { from: 'x' }; b.from('y'); Array.from('z')"],
  ['a method named import', "a.import = 'x'"],
  ['the module’s own URL', "new URL('./a.ts', import.meta.url); import.meta.resolve('x')"],
] as const

for (const [name, source] of none) test(`no import: ${name}`, () => assert.deepEqual(importsOf(source), []))

test('code is what is left without comments, strings and regular expressions', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test is a template
  assert.deepEqual(codeOf("const a = 'any' // any\n/* any */ + `any ${b} any` + /any/"), [
    ...['const', 'a', '=', '+', '`', 'b', '`', '+', '//'],
  ])
})

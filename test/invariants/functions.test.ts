import assert from 'node:assert/strict'
import { test } from 'node:test'
import { functionsOf } from './functions.ts'
import { files, read } from './repository.ts'

const cases = [
  ['a declaration', 'export async function a(b: B): Promise<C> {\n}', ['a 2']],
  ['a generator', 'function* a() {\n}', ['a 2']],
  ['no declaration without a body', 'declare function a(b: B): { c: D }\nexport function a(b) {}', ['a 1']],
  ['a result that is an object', 'function a(): { b: C } | readonly [D] {\n  return e\n}', ['a 3']],
  ['a result that is a function', 'function a(): (b: B) => C {\n}', ['a 2', 'anonymous 1']],
  ['a type predicate', 'function a(b: unknown): b is C {\n}', ['a 2']],
  ['parameters over several lines', 'function a(\n  b: (c: C) => D,\n) {\n}', ['a 4', 'b 1']],
  ['a function expression', 'const a = function () {\n}', ['a 2']],
  ['methods', 'class A {\n  static async #b<C>(d: C) {\n  }\n  get e() {\n  }\n}', ['b 2', 'e 2']],
  ['methods of an object', "({ a(b) {\n}, 'c d'() {}, [e]() {} })", ['a 2', 'c d 1', 'anonymous 1']],
  ['no condition, loop or catch', 'if (a) {\n}\nfor await (const b of c()) {\n}\ntry {} catch (d) {\n}', []],
  ['an arrow function with a block', 'const a = (b: B): C => {\n}\nd()', ['a 2']],
  ['one with a declared type', 'const a: B<C> = (b) => {\n}', ['a 2']],
  ['one with type parameters', 'const a = <\n  B,\n>(b: B) => {\n}', ['a 4']],
  ['one without parentheses', 'const a = async b => {\n}', ['a 2']],
  ['one in a property', 'const a = {\n  b: (c) => {\n  },\n}', ['b 2']],
  ['one in a call, by the string before it', "test('a, b', async (t) => {\n})", ['a, b 2']],
  ['an expression', 'const a = () =>\n  b\n    .c({\n    })\nd()', ['a 4']],
  ['an expression with a comparison', 'const a = (b) =>\n  b < c || b > d || b >= e\nf()', ['a 2']],
  ['a conditional expression', 'const a = b ? (c) =>\n  d ? e\n    : [] : (f) => g', ['anonymous 3', 'anonymous 1']],
  ['an expression with types', 'const a = () =>\n  new Map<string, B>() as {\n    c: D }\nconst e = 1', ['a 3']],
  ['one that returns another', 'const a =\n  (b: B): C =>\n  (d): E =>\n    f(d)', ['a 3', 'anonymous 2']],
  ['a type of a function, which ends where the type does', 'const a: Map<(b: B) => void> = {\n}', ['anonymous 1']],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the source under test is a template
  ['a template', 'const a = () => `b ${[\n  c,\n].map((d) => d)}\n`\ne()', ['a 4', 'anonymous 1']],
  ['nothing in strings and comments', "const a = 'function b() {}' // () => {\n/* c() { */", []],
] as const

for (const [name, source, expected] of cases)
  test(`measured: ${name}`, () => {
    assert.deepEqual(
      functionsOf(source).map((one) => `${one.name} ${one.lines}`),
      expected,
    )
  })

/** Functions that may be longer, by file and name, each with the reason. */
const longer: Readonly<Record<string, string>> = {}
const longest = 100

/** The functions of a file; the error for a file that cannot be read names it. */
function functionsIn(path: string, text: string): ReturnType<typeof functionsOf> {
  try {
    return functionsOf(text)
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`)
  }
}

/** The functions that are too long, by file and name, and where they are. */
const tooLong = (texts: readonly (readonly [path: string, text: string])[]) =>
  texts.flatMap(([path, text]) =>
    functionsIn(path, text)
      .filter(({ lines }) => lines > longest)
      .map(({ name, line, lines }) => ({ key: `${path} ${name}`, says: `${path}:${line} ${name} has ${lines} lines` })),
  )

const allTooLong = tooLong(
  files.filter((path) => /\.m?[jt]sx?$/.test(path) && !path.startsWith('out/')).map((path) => [path, read(path)]),
)

test('I14: no function is longer than 100 lines, including the closures in it', () => {
  assert.deepEqual(
    allTooLong.filter(({ key }) => !(key in longer)).map(({ says }) => says),
    [],
  )
})

const unneeded = (exceptions: typeof longer, found: typeof allTooLong) =>
  Object.keys(exceptions).filter((key) => !found.some((one) => one.key === key))

const lines = (count: number) => 'b()\n'.repeat(count)
const planted = tooLong([
  ['a.ts', `/** A. */\nexport function short() {\n${lines(98)}}\n`],
  ['b.ts', `export function long() {\n${lines(99)}}\n`],
  ['c.tsx', `export const closure = () => {\n  const inside = () => {\n${lines(97)}  }\n}\n`],
  ['d.test.ts', `test('of a test', async () => {\n${lines(99)}})\n`],
])

test('I14: a function of 101 lines is found, and one of 100 is not', () => {
  assert.deepEqual(
    planted.map(({ says }) => says),
    ['b.ts:1 long has 101 lines', 'c.tsx:1 closure has 101 lines', 'd.test.ts:1 of a test has 101 lines'],
  )
})

test('I14: every exception is needed', () => {
  assert.deepEqual(unneeded(longer, allTooLong), [])
  assert.deepEqual(unneeded({ 'a.ts short': 'no longer', 'b.ts long': 'a reason' }, planted), ['a.ts short'])
})

test('I14: a file with unbalanced brackets is reported', () => {
  assert.throws(() => tooLong([['a.ts', 'const a = [\n(]']]), { message: 'a.ts: line 2: ] closes nothing' })
  assert.throws(() => tooLong([['a.ts', 'const a = [\n(b)']]), { message: 'a.ts: line 1: [ is never closed' })
})

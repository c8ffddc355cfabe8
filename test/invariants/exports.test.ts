import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ExportedName, type Names, namesOf } from './names.ts'
import { importPath, read, sources } from './repository.ts'
import { codeOf } from './scan.ts'

/** The files that a package's users import, according to its package.json. */
const entriesOf = (folder: string): readonly string[] => {
  const { exports } = JSON.parse(read(`${folder}package.json`)) as { readonly exports: Readonly<Record<string, Entry>> }
  const paths = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [] : [entry.default]))
  const patterns = paths.map((path) => path.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts'))
  return sources.filter((path) => patterns.some((pattern) => fits(path, pattern)))
}
type Entry = string | { readonly default: string }
const fits = (path: string, pattern: string) => {
  const [start, end] = pattern.split('*') as [string, string?]
  return end === undefined ? path === start : path.startsWith(start) && path.endsWith(end)
}

/** What others import by the package's name, and the list of words that a bot loads, which is the runtime's entry. */
const entries = new Set([...entriesOf(''), ...entriesOf('runtime/'), 'definitions/language/metrics.ts'])

/** Files whose exports are not imported by name, each with the reason. */
const exceptions: readonly (readonly [is: (path: string) => boolean, why: string])[] = [
  [(path) => /^test\/types\/\w+\.ts$/.test(path), 'compiled, not run: the compiler output is compared'],
  [
    (path) => /^test\/fixtures\/(minimal|logs)\/index\.ts$/.test(path),
    'definitions, which the command line loads by path',
  ],
  [
    (path) => /^test\/alerts\/\w+\/index\.ts$/.test(path),
    'the cases of a bot, which are found and loaded by its folder',
  ],
  [(path) => /^test\/day\/\w+\/plays\.ts$/.test(path), 'the plays of a bot, which are found and loaded by its folder'],
  [(path) => path === 'test/run/inside.mjs', 'a reporter, which Node loads by path'],
  [(path) => /^preview\/build\/stand-ins\/[\w-]+\.js$/.test(path), 'in place of a library, whose names it has'],
  [(path) => path === 'preview/page/modules.d.ts', 'files that the bundler turns into modules'],
  [
    (path) => /^preview\/test\/(look|support-paths)\.ts$/.test(path),
    'bundled for the browser, where the test calls it',
  ],
]

/** What is read from a file's source. */
interface Source extends Names {
  readonly path: string
  readonly text: string
}
const sourceOf = (path: string, text: string): Source => ({ path, text, ...namesOf(text) })

/** The problems with the exports of files. */
function wrongIn(all: readonly Source[]): readonly string[] {
  const used = new Map<string, Set<string>>()
  /** Files whose names an entry point re-exports: their types are public too. */
  const publicFiles = new Set<string>()
  const passing: string[] = []
  for (const { path, taken } of all)
    for (const { of, name, isPassedOn } of taken) {
      const to = importPath(path, of)
      used.set(to, (used.get(to) ?? new Set()).add(name))
      if (isPassedOn && entries.has(path)) publicFiles.add(to)
      else if (isPassedOn && of.startsWith('.')) passing.push(`${path} re-exports ${name}: import it from ${to}`)
    }
  const isUsed = ({ path, text }: Source, { name, isType }: ExportedName) =>
    entries.has(path) ||
    ['*', name].some((one) => used.get(path)?.has(one)) ||
    (isType && publicFiles.has(path) && codeOf(text).filter((word) => word === name).length > 1)
  const unused = all.flatMap((source) =>
    source.exported
      .filter((one) => !isUsed(source, one))
      .map(({ name }) => `${source.path} exports ${name}, which no other file uses`),
  )
  return [...passing, ...unused]
}

const all = sources.map((path) => sourceOf(path, read(path)))
const fileOf = (line: string) => line.split(' ')[0] as string
const withoutExceptions = (lines: readonly string[]) =>
  lines.filter((line) => !exceptions.some(([is]) => is(fileOf(line))))

test('I13: only entry points re-export, and another file uses every export', () => {
  assert.ok(entries.has('definitions/language/index.ts') && entries.has('definitions/exporters/node.ts'))
  assert.ok(entries.has('runtime/index.ts') && entries.has('runtime/logs/index.ts'))
  assert.deepEqual(withoutExceptions(wrongIn(all)), [])
})

test('I13: every exception is needed', () => {
  const files = wrongIn(all).map(fileOf)
  for (const [is, why] of exceptions) assert.ok(files.some(is), why)
})

const planted = [
  [
    'a file that only re-exports',
    ['generators/exposed-names.ts', "export { seriesNames as exposedNames } from '../definitions/language/family.ts'"],
    ['generators/exposed-names.ts re-exports seriesNames: import it from definitions/language/family.ts'],
  ],
  [
    'an import that is exported again',
    [
      'generators/text/names.ts',
      "import { seriesNames } from '../../definitions/language/family.ts'\nexport { seriesNames }",
    ],
    ['generators/text/names.ts re-exports seriesNames: import it from definitions/language/family.ts'],
  ],
  [
    'a function that only its own file uses',
    ['runtime/spare.ts', 'export function spare() {}\nspare()'],
    ['runtime/spare.ts exports spare, which no other file uses'],
  ],
  [
    'a type that only its own file uses',
    ['generators/model/spare.ts', 'export interface Spare {}\nconst one: Spare = {}'],
    ['generators/model/spare.ts exports Spare, which no other file uses'],
  ],
] as const

for (const [name, [path, text], expected] of planted)
  test(`I13: ${name} is found`, () => {
    assert.deepEqual(withoutExceptions(wrongIn([...all, sourceOf(path, text)])), expected)
  })

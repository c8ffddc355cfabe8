import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { runToEnd } from '../commands/project.ts'
import { files, read, root, sources } from './repository.ts'
import { codeOf } from './scan.ts'

const folders = ['.ci', 'definitions', 'demo', 'docs', 'generators', 'out', 'preview', 'runtime', 'test']

test('I1: the top level has no other folders', () => {
  const top = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/')[0] as string))
  assert.deepEqual(
    [...top].filter((folder) => !folders.includes(folder)),
    [],
  )
  for (const folder of ['.ci', 'definitions', 'demo', 'docs', 'generators', 'runtime', 'test'])
    assert.ok(top.has(folder), folder)
})

/** Files that may be longer, each with the reason. */
const longer: Readonly<Record<string, string>> = {}
const longest = 300

const tooLong = (texts: readonly (readonly [path: string, text: string])[]) =>
  texts
    .map(([path, text]) => [path, text.replace(/\n$/, '').split('\n').length] as const)
    .filter(([path, lines]) => lines > longest && !(path in longer))
    .map(([path, lines]) => `${path} has ${lines} lines`)

test('I7: no source file is longer than 300 lines', () => {
  assert.deepEqual(tooLong(sources.map((path) => [path, read(path)])), [])
  for (const path of Object.keys(longer)) assert.ok(sources.includes(path), `${path} is gone: remove the exception`)
  assert.deepEqual(
    tooLong([
      ['a.ts', 'x\n'.repeat(300)],
      ['b.ts', 'x\n'.repeat(301)],
    ]),
    ['b.ts has 301 lines'],
  )
})

const saysAny = (path: string, text: string) => (codeOf(text).includes('any') ? [path] : [])

test('I8: no public type contains any, written or inferred', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-types-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  for (const config of ['tsconfig.build.json', 'runtime/tsconfig.build.json']) {
    const options = ['--emitDeclarationOnly', '--noCheck', '--singleThreaded', '--outDir', join(folder, config)]
    const { status, stdout } = await runToEnd(process.execPath, [tsc, '-p', config, ...options], root)
    assert.equal(status, 0, stdout)
  }
  const types = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
  assert.ok(types.length > 100)
  assert.deepEqual(
    types.flatMap((path) => saysAny(path.slice(folder.length + 1), readFileSync(path, 'utf8'))),
    [],
  )
  assert.deepEqual(saysAny('x.d.ts', 'export declare const x: readonly any[]'), ['x.d.ts'])
  assert.deepEqual(saysAny('x.d.ts', "/** any */ export type X = 'any'"), [])
})

/** What belongs to one machine or one person; each pattern is tested on an example. */
const foreign: readonly (readonly [what: string, pattern: RegExp, example: string])[] = [
  [
    'a path in a home folder',
    /(?<![\w.])\/(home|Users)\/[\w-]+\/|(?<![\w.])\/root\//,
    ['', 'home', 'me', 'x'].join('/'),
  ],
  [
    'the host of a private registry or mirror',
    /\b(registry|artifactory|nexus|verdaccio|jfrog|proxy|mirror)[\w-]*\.(?!npmjs\.org|example)[\w-]+\.[a-z]{2,}\b(?!\()/,
    ['npm at registry', 'corp', 'internal'].join('.'),
  ],
  ['a package from a URL', /"resolved": "(https?|file|git)/, `"${'resolved'}": "https://x"`],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/, ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' ')],
  ['a Telegram bot token', /\b[1-9]\d{7,9}:[\w-]{35}\b/, `123456789:${'a'.repeat(35)}`],
  [
    'a Discord webhook URL',
    /discord(app)?\.com\/api\/webhooks\/\d{17,}\//,
    ['discord.com', 'api', 'webhooks', '1'.repeat(18), 'x'].join('/'),
  ],
]

test('I9: nothing committed belongs to one machine or one person', () => {
  const texts = files.filter((path) => !/\.(png|ico|woff2?)$/.test(path)).map((path) => [path, read(path)] as const)
  const found = texts.flatMap(([path, text]) =>
    text
      .split('\n')
      .flatMap((line, i) =>
        foreign.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${path}:${i + 1}: ${what}`),
      ),
  )
  assert.deepEqual(found, [])
  for (const [what, pattern, example] of foreign) assert.match(example, pattern, what)
})

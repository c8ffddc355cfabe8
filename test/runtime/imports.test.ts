import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every file that a file loads, with the packages each of them imports; type imports are ignored. */
function loadedBy(file: string, seen = new Map<string, readonly string[]>()): ReadonlyMap<string, readonly string[]> {
  const path = relative(root, file)
  if (seen.has(path)) return seen
  const source = readFileSync(file, 'utf8')
  const imported = [...source.matchAll(/^(?:import|export) (?!type )(?:[\w*{},\s]+ from )?'([^']+)'/gm)].map(
    ([, specifier]) => specifier as string,
  )
  seen.set(
    path,
    imported.filter((specifier) => !specifier.startsWith('.')),
  )
  for (const specifier of imported.filter((text) => text.startsWith('.')))
    loadedBy(join(dirname(file), specifier), seen)
  return seen
}

test('the runtime loads prom-client in one file and no other package', () => {
  const loaded = loadedBy(join(root, 'runtime/index.ts'))
  const packages = [...loaded].flatMap(([file, names]) =>
    names.filter((name) => !name.startsWith('node:')).map((name) => `${file}: ${name}`),
  )
  assert.deepEqual(packages, ['runtime/client.ts: prom-client'])
  const outside = [...loaded.keys()].filter((file) => !/^(runtime|definitions\/language)\//.test(file))
  assert.deepEqual(outside, [])
})

/** Each extra and the packages it loads, including those it loads on demand. */
const extras = {
  process: [],
  events: [],
  watchdog: [],
  day: [],
  peak: [],
  status: [],
  logs: ['pino', 'pino-roll'],
  testing: [],
} as const

test('each extra is a separate entry point with optional peer dependencies, and the main entry loads none of them', () => {
  const { exports, peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(join(root, 'runtime/package.json'), 'utf8'),
  ) as Record<'exports' | 'peerDependencies' | 'peerDependenciesMeta', Record<string, { optional?: boolean }>>
  const entries = Object.keys(exports).filter((entry) => entry !== '.' && entry !== './metrics')
  assert.deepEqual(
    entries.sort(),
    Object.keys(extras)
      .map((extra) => `./${extra}`)
      .sort(),
  )
  const main = loadedBy(join(root, 'runtime/index.ts'))
  for (const [extra, packages] of Object.entries(extras)) {
    const loaded = loadedBy(join(root, `runtime/${extra}/index.ts`))
    const own = [...loaded.keys()].filter((file) => file.startsWith(`runtime/${extra}/`))
    assert.ok(own.length > 1, extra)
    assert.deepEqual(
      own.filter((file) => main.has(file)),
      [],
    )
    const named = own.flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from |import\()'([^'.][^']*)'/g)]
        .map(([, name]) => name as string)
        .filter((name) => !name.startsWith('node:')),
    )
    assert.deepEqual([...new Set(named)].sort(), packages)
  }
  assert.deepEqual(Object.keys(peerDependencies).sort(), Object.values(extras).flat().sort())
  for (const name of Object.keys(peerDependencies)) assert.equal(peerDependenciesMeta[name]?.optional, true)
})

test('definitions load only the language, and no packages, not even of Node', () => {
  const loaded = loadedBy(join(root, 'runtime/metrics.ts'))
  assert.ok(loaded.has('definitions/language/metric.ts'))
  assert.deepEqual([...loaded.values()].flat(), [])
})

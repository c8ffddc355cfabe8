import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Every file that one loads, with the packages that each of them imports; types are not loaded. */
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

test('the runtime loads prom-client in one file and nothing else that is not Node', () => {
  const loaded = loadedBy(join(root, 'runtime/index.ts'))
  const packages = [...loaded].flatMap(([file, names]) =>
    names.filter((name) => !name.startsWith('node:')).map((name) => `${file}: ${name}`),
  )
  assert.deepEqual(packages, ['runtime/client.ts: prom-client'])
  const outside = [...loaded.keys()].filter((file) => !/^(runtime|definitions\/language)\//.test(file))
  assert.deepEqual(outside, [])
})

test('what a definition loads is the words alone: no package, not even of Node', () => {
  const loaded = loadedBy(join(root, 'runtime/metrics.ts'))
  assert.ok(loaded.has('definitions/language/metric.ts'))
  assert.deepEqual([...loaded.values()].flat(), [])
})

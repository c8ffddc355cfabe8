import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, read } from './repository.ts'

const numbersIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, number]) => Number(number)).sort((a, b) => a - b)

const tests = files.filter((path) => path.startsWith('test/') && path.endsWith('.test.ts'))
const held = [...new Set(numbersIn(tests.map(read).join('\n'), /\btest\(\s*['"`]I(\d+): /g))]

test('every invariant listed in ARCHITECTURE.md has a test, and every such test is listed once', () => {
  assert.ok(held.length > 0)
  const [, section = ''] = read('ARCHITECTURE.md').split(/^## Invariants$/m)
  assert.deepEqual(numbersIn(section, /^- \*\*I(\d+)\*\*/gm), held)
})

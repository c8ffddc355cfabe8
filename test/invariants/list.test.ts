import assert from 'node:assert/strict'
import { test } from 'node:test'
import { files, read } from './repository.ts'

const numbersIn = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, number]) => Number(number)))].sort((a, b) => a - b)

const tests = files.filter((path) => path.startsWith('test/') && path.endsWith('.test.ts'))
const held = numbersIn(tests.map(read).join('\n'), /\btest\(\s*['"`]I(\d+): /g)

test('every invariant of the list is held by a test, and every such test is in the list', () => {
  assert.ok(held.length > 0)
  assert.deepEqual(numbersIn(read('test/invariants/README.md'), /^- \*\*I(\d+)\*\*/gm), held)
})

test('ARCHITECTURE.md names the same invariants', () => {
  const [, section = ''] = read('ARCHITECTURE.md').split(/^## Invariants$/m)
  assert.deepEqual(numbersIn(section, /\bI(\d+)\b/g), held)
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { checks } from '../../generators/checks/index.ts'

// Every code ever assigned, in order of assignment. A removed check keeps its line here, followed by `retired`: its code is still in
// allowances and reports, and is never reused for another problem.
const given = readFileSync(new URL('codes.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' ') as [code: string, name: string, retired?: string])

test('a code is assigned once', () => {
  const codes = given.map(([code]) => code)
  assert.deepEqual([...new Set(codes)], codes)
  const names = given.map(([, name]) => name)
  assert.deepEqual([...new Set(names)], names)
})

test('each check has its assigned code, and each code that is not retired has its check', () => {
  const expected = given.filter(([, , retired]) => retired === undefined).map(([code, name]) => `${code} ${name}`)
  assert.deepEqual(checks.map(({ code, name }) => `${code} ${name}`).sort(), expected.sort())
})

test('each check describes in a sentence what it finds', () => {
  for (const { code, name, finds } of checks) {
    assert.match(code, /^BW\d{3}$/)
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/, code)
    assert.match(finds, /^[A-Z`a-z].*[^.]$/, code)
  }
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { checks } from '../../generators/checks/index.ts'

// Every code that was ever given, in the order in which it came. A check that is removed leaves its line here, with `retired` behind it:
// its code is in suppressions and in reports, and never stands for another mistake.
const given = readFileSync(new URL('codes.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => line.split(' ') as [code: string, name: string, retired?: string])

test('a code is given once', () => {
  const codes = given.map(([code]) => code)
  assert.deepEqual([...new Set(codes)], codes)
  const names = given.map(([, name]) => name)
  assert.deepEqual([...new Set(names)], names)
})

test('each check has the code that it was given, and each code that is not retired its check', () => {
  const expected = given.filter(([, , retired]) => retired === undefined).map(([code, name]) => `${code} ${name}`)
  assert.deepEqual(checks.map(({ code, name }) => `${code} ${name}`).sort(), expected.sort())
})

test('a check says in a sentence what it finds', () => {
  for (const { code, name, finds } of checks) {
    assert.match(code, /^BW\d{3}$/)
    assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/, code)
    assert.match(finds, /^[A-Z`a-z].*[^.]$/, code)
  }
})

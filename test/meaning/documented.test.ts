import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { analysis } from '../../generators/meaning/analyse.ts'
import { parse } from '../../generators/promql/parse.ts'
import { expectPart } from '../fixtures/expected.ts'
import { example } from './example.ts'
import { rowOf } from './row.ts'

const page = 'docs/meaning.md'
const lines = readFileSync(page, 'utf8').split('\n')
const rows = lines.filter((line) => line.startsWith('| `'))
const { meaningOf } = analysis(example)

test('the documentation has enough rows', () => {
  assert.ok(rows.length > 80, `only ${rows.length} rows`)
})
for (const row of rows) {
  const text = (/^\| `(.*?)` \| /.exec(row)?.[1] ?? '').replaceAll('\\|', '|')
  test(`${text} means what the documentation says`, () => {
    const parsed = parse(text)
    assert.ok(parsed.ok, JSON.stringify(parsed))
    expectPart(page, row, rowOf(text, meaningOf(parsed.node)))
  })
}

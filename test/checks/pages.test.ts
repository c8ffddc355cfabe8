import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { checks } from '../../generators/checks/index.ts'
import { expectPart } from '../fixtures/expected.ts'
import { findingLines, findingsOf, pagesFolder, readPage, saidOf } from './page.ts'

const files = readdirSync(pagesFolder).filter((file) => /^BW/.test(file))

test('each check has a page, and each page a check', () => {
  assert.deepEqual(files.sort(), checks.map(({ code, name }) => `${code}-${name}.md`).sort())
})

for (const file of files) {
  const check = checks.find(({ code, name }) => file === `${code}-${name}.md`)
  const page = readPage(file)
  test(`the page of ${file.replace('.md', '')} begins with the check's own description`, () => {
    assert.ok(check !== undefined)
    assert.ok(
      page.text.startsWith(`# ${check.code} ${check.name}\n\n${check.finds}. (${check.severity})\n`),
      page.text.slice(0, 200),
    )
  })
  // findings of other programs are tested with the command
  if (/^BW95/.test(file)) continue
  test(`the bad examples of ${file.replace('.md', '')} are found by that check alone, the good ones by none`, async () => {
    const [bad, good] = ['bad', 'good'].map((is) => page.examples.filter((one) => one.is === is))
    assert.ok(bad !== undefined && good !== undefined && bad.length > 0 && good.length > 0, 'a bad and a good example')
    const said: string[] = []
    for (const one of bad) {
      const found = await findingsOf(one)
      assert.deepEqual(
        [...new Set(found.map(({ code }) => code))],
        [check?.code],
        `${one.text}\n${findingLines(found)}`,
      )
      said.push(findingLines(found))
    }
    expectPart(join(pagesFolder, file), saidOf, said.join('\n'))
    for (const one of good) assert.equal(findingLines(await findingsOf(one)), '', one.text)
  })
}

test('the list has every check with its severity', () => {
  const list = readFileSync(join(pagesFolder, 'README.md'), 'utf8')
  const rows = [...list.matchAll(/^\| \[(BW\d+)\]\(\.\/(.*?)\.md\) +\| (.*?) +\| (\w+) +\|$/gm)].map((row) =>
    row.slice(1),
  )
  assert.deepEqual(
    rows,
    checks.map(({ code, name, finds, severity }) => [code, `${code}-${name}`, finds, severity]),
  )
})

test('the comparison names only checks that exist', () => {
  const named = readFileSync(join(pagesFolder, 'comparison.md'), 'utf8').match(/\bBW\d{3}\b/g) ?? []
  assert.ok(named.length > 50)
  assert.deepEqual(
    [...new Set(named)].filter((code) => !checks.some((check) => check.code === code)),
    [],
  )
})

test('the comparison names only defects that definitions can have', () => {
  const rows = readFileSync(join(pagesFolder, 'comparison.md'), 'utf8').match(/^\|.*\|$/gm) ?? []
  const named = rows.flatMap(
    (row) =>
      row
        .split(' | ')
        .slice(1)
        .join()
        .match(/`[a-z]+(?:-[a-z]+)+`/g) ?? [],
  )
  assert.ok(named.length > 10)
  const codes = new Set(
    ['definitions', 'generators'].flatMap((folder) => {
      const at = fileURLToPath(new URL(`../../${folder}/`, import.meta.url))
      return readdirSync(at, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => [...readFileSync(join(at, file), 'utf8').matchAll(/\bdefect\(\s*'([a-z-]+)'/g)])
        .map(([, code]) => `\`${code}\``)
    }),
  )
  assert.ok(codes.size > 50, `only ${codes.size} codes are given to defect(…)`)
  assert.deepEqual(
    named.filter((word) => !codes.has(word)),
    [],
  )
})

import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { putBack } from '../../generators/commands/put-back.ts'
import { write } from '../../generators/write/write.ts'

const temporary = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-put-back-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const tree = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .map((entry) => join(entry.parentPath, entry.name) + (entry.isDirectory() ? '/' : ''))
      .sort()
      .map((path) => [path, path.endsWith('/') ? '' : readFileSync(path, 'utf8')]),
  )
const options = { force: false }
const old = new Map([
  ['a.yml', 'a: 1\n'],
  ['b/c.yml', 'c: 1\n'],
  ['d.yml', 'd: 1\n'],
])
const next = new Map([
  ['a.yml', 'a: 1\n'],
  ['b/c.yml', 'c: 2\n'],
  ['e/f.yml', 'f: 1\n'],
])

test('a folder that was written is restored byte for byte', async (t) => {
  const folder = temporary(t)
  const target = join(folder, 'tiny')
  await write(target, old, options)
  writeFileSync(join(target, '.env'), 'A=1\n')
  const before = tree(folder)
  const plan = await write(target, next, options)
  assert.notDeepEqual(tree(folder), before)
  assert.deepEqual(await putBack([{ plan, files: next }]), [])
  assert.deepEqual(tree(folder), before)
})

test('a folder that did not exist is removed again', async (t) => {
  const folder = temporary(t)
  const target = join(folder, 'tiny')
  const plan = await write(target, next, options)
  assert.deepEqual(await putBack([{ plan, files: next }]), [])
  assert.ok(!existsSync(target))
})

test('files that the user put into such a folder stay', async (t) => {
  const folder = temporary(t)
  const target = join(folder, 'tiny')
  const plan = await write(target, next, options)
  writeFileSync(join(target, '.env'), 'A=1\n')
  assert.deepEqual(await putBack([{ plan, files: next }]), [])
  assert.deepEqual(tree(folder), { [`${target}/`]: '', [join(target, '.env')]: 'A=1\n' })
})

test('several folders are each restored', async (t) => {
  const folder = temporary(t)
  const [one, two] = [join(folder, 'one'), join(folder, 'two')]
  await write(one, old, options)
  await write(two, next, options)
  const before = tree(folder)
  const written = [
    { plan: await write(one, next, options), files: next },
    { plan: await write(two, old, options), files: old },
  ]
  assert.deepEqual(await putBack(written), [])
  assert.deepEqual(tree(folder), before)
})

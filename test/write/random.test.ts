import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { recover, write } from '../../generators/write/write.ts'
import { filesOf, generatedTree, readFolder, type TreeText, temporary } from './tree.ts'

test('any tree becomes any other, even if runs are stopped anywhere on the way', async (t) => {
  const root = temporary(t)
  const random = randomOf(20_261_121)
  let stops = 0
  for (let round = 0; round < 60; round++) {
    const folder = join(root, String(round))
    const target = join(folder, 'mcbot')
    mkdirSync(folder)
    let old: TreeText | undefined
    for (let generation = 0; generation < 4; generation++) {
      const next = randomTree(random)
      const stopAt = random() < 0.6 ? Math.floor(random() * 60) : Number.POSITIVE_INFINITY
      let index = 0
      const before = (): void => {
        if (index++ >= stopAt) throw Object.assign(new Error('stopped'), { code: 'EIO' })
      }
      const where = `round ${round}, generation ${generation}, stopped at ${stopAt}: ${JSON.stringify({ old, next })}`
      const plan = await write(target, filesOf(next), { force: false, before })
      if (index <= stopAt) assert.deepEqual(plan.problems, [], where)
      else {
        stops++
        rmSync(join(folder, '.botwatch-lock-mcbot'), { force: true })
        assert.deepEqual((await recover(target)).problems, [], where)
        const seen = readFolder(folder)
        const isOld = JSON.stringify(seen) === JSON.stringify(inFolder(old))
        if (!isOld) assert.deepEqual(seen, inFolder(next), where)
      }
      assert.deepEqual((await write(target, filesOf(next), { force: false })).problems, [], where)
      assert.deepEqual(readFolder(folder), inFolder(next), where)
      old = next
    }
  }
  t.diagnostic(`240 generations, ${stops} of them stopped`)
  assert.ok(stops > 80, String(stops))
})

const inFolder = (files: TreeText | undefined): TreeText =>
  files === undefined
    ? {}
    : {
        'mcbot/': '',
        ...Object.fromEntries(Object.entries(generatedTree(files)).map(([path, text]) => [`mcbot/${path}`, text])),
      }

/** Up to 12 files from a few names, so that the same name is sometimes a file and sometimes a folder. */
const randomTree = (random: () => number): TreeText => {
  const files: Record<string, string> = {}
  const count = Math.floor(random() * 12)
  for (let index = 0; index < count; index++) {
    const depth = 1 + Math.floor(random() * 3)
    const path = Array.from({ length: depth }, () => 'abc'[Math.floor(random() * 3)]).join('/')
    const collides = Object.keys(files).some((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`))
    if (!collides) files[path] = `${Math.floor(random() * 3)}\n`
  }
  return files
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
const randomOf = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Before, Operation } from '../../generators/write/disk.ts'
import { recover, write } from '../../generators/write/write.ts'
import { skipTest } from '../servers/skipped.ts'
import { newFiles, newTree, oldFiles, oldTree, own } from './change.ts'
import { filesOf, lay, readFolder, sortedTree, type TreeText, temporary } from './tree.ts'

const files = filesOf(newFiles)

test('whichever operation fails, the old tree stays and the reason is named', async (t) => {
  const { fresh } = await withTemplate(t)
  const count = await operationsOf(fresh())
  let refusals = 0
  for (let at = 0; at < count; at++) {
    const target = fresh()
    const plan = await write(target, files, { force: false, before: failing((index) => index === at) })
    const tree = readFolder(target)
    if (plan.problems.length === 0) assert.deepEqual(tree, newTree, `only cleanup failed at ${at}`)
    else {
      refusals++
      assert.deepEqual(tree, oldTree, `failed at ${at}`)
      const [problem] = plan.problems
      assert.equal(plan.problems.length, 1)
      assert.equal(problem?.code, 'cannot-write')
      assert.match(problem?.message ?? '', /^cannot be written: the disk is full \(ENOSPC\)\./)
      assert.equal(problem?.fix, 'Free some space, then run again.')
    }
    // The last operation releases the lock; if that fails, the lock lasts until this process ends.
    if (at === count - 1) removeLock(target)
    await assertHeals(target, `failed at ${at}`)
  }
  t.diagnostic(`${count} operations, ${refusals} of them fail the run`)
  assert.ok(refusals > 40, String(refusals))
})

test('on a disk that stays full, the tree is the old or the new one after the next run', async (t) => {
  const { fresh } = await withTemplate(t)
  const count = await operationsOf(fresh())
  const needsRoom = new Set<Operation['do']>([
    'mkdir',
    'create',
    'write',
    'sync',
    'link',
    'copy',
    'rename',
    'sync-folder',
  ])
  for (let at = 0; at < count; at++) {
    const target = fresh()
    const before = failing((index, operation) => index >= at && needsRoom.has(operation.do))
    const plan = await write(target, files, { force: false, before })
    const isClean = !readdirSync(join(target, '..')).includes('.botwatch-staged-mcbot')
    if (isClean) assert.deepEqual(readFolder(target), plan.problems.length === 0 ? newTree : oldTree, `full from ${at}`)
    else assert.ok(['cannot-write', 'unfinished', undefined].includes(plan.problems[0]?.code), `full from ${at}`)
    const { problems } = await recover(target)
    assert.deepEqual(problems, [])
    const tree = readFolder(target)
    assert.deepEqual(tree, 'runbooks/Stale.md' in tree ? newTree : oldTree, `full from ${at}`)
    await assertHeals(target, `full from ${at}`)
  }
})

test('if recovery from a stopped run is stopped as well, the next run still leaves the old or the new tree', async (t) => {
  const { fresh } = await withTemplate(t)
  const count = await operationsOf(fresh())
  let twice = 0
  for (let first = 0; first < count; first++) {
    for (const breaksAt of [undefined, 55, 60, 66]) {
      const target = fresh()
      // A failure while renaming files makes the run roll back, so that the rollback is stopped too.
      await stopped(target, (index) => index === breaksAt, first)
      const before = readFolder(join(target, '..'))
      const second = (first * 7 + (breaksAt ?? 3)) % 23
      if (!(await recoverStopped(target, second))) continue
      twice++
      const { problems } = await recover(target)
      assert.deepEqual(problems, [])
      const tree = readFolder(target)
      const where = `stopped at ${first}, then at ${second}, failure at ${breaksAt}: ${Object.keys(before)}`
      assert.deepEqual(tree, 'runbooks/Stale.md' in tree ? newTree : oldTree, where)
      await assertHeals(target, where)
    }
  }
  t.diagnostic(`${twice} runs stopped twice`)
  assert.ok(twice > 30, String(twice))
})

test('without hard links files are copied, and a failure still restores text, time and mode', async (t) => {
  const { fresh } = await withTemplate(t)
  const target = fresh()
  const changed = join(target, 'prometheus/alerts.yml')
  chmodSync(changed, 0o640)
  utimesSync(changed, 1_600_000_000, 1_600_000_000)
  let renames = 0
  let replaced = ''
  const before: Before = (operation) => {
    if (operation.do === 'link') throw errno('EPERM')
    if (operation.do === 'rename' && operation.path.startsWith(`${target}/`) && renames++ === 4) {
      replaced = readFileSync(changed, 'utf8')
      throw errno('EACCES')
    }
  }
  const plan = await write(target, files, { force: false, before })
  assert.match(plan.problems[0]?.message ?? '', /permission denied \(EACCES\)\. Everything was put back\.$/)
  assert.equal(replaced, newFiles['prometheus/alerts.yml'], 'it was replaced before the failure')
  assert.deepEqual(readFolder(target), oldTree)
  assert.deepEqual([lstatSync(changed).mode & 0o777, lstatSync(changed).mtimeMs], [0o640, 1_600_000_000_000])
  await assertHeals(target, 'copied')
})

test('on a real full disk the old tree stays', async (t) => {
  const root = temporary(t)
  const disk = join(root, 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    return skipTest(
      t,
      ['permission to mount a small disk'],
      ['run as root; a full disk is also tested by failing operations'],
    )
  }
  try {
    await fill(join(disk, 'mcbot'))
  } finally {
    execFileSync('umount', [disk])
  }
})

const fill = async (target: string): Promise<void> => {
  const disk = join(target, '..')
  assert.deepEqual((await write(target, filesOf(oldFiles), { force: false })).problems, [])
  const old = readFolder(target)
  const big = new Map([...files, ['big.json', 'x'.repeat(200_000)]])
  writeFileSync(join(disk, 'filler'), 'x'.repeat(900_000))
  const plan = await write(target, big, { force: false })
  assert.match(
    plan.problems[0]?.message ?? '',
    /^cannot be written: the disk is full \(ENOSPC\)\. Nothing was changed\.$/,
  )
  assert.deepEqual(readFolder(target), old)
  assert.deepEqual(readdirSync(disk).sort(), ['filler', 'mcbot'])
  rmSync(join(disk, 'filler'))
  assert.deepEqual((await write(target, big, { force: false })).problems, [])
  assert.equal(readFolder(target)['big.json']?.length, 200_000)
}

const withTemplate = async (t: TestContext) => {
  const root = temporary(t)
  const template = join(root, 'template')
  lay(template, own)
  assert.deepEqual((await write(template, filesOf(oldFiles), { force: false })).problems, [])
  let copies = 0
  const fresh = (): string => {
    const target = join(root, String(copies++), 'mcbot')
    cpSync(template, target, { recursive: true })
    return target
  }
  return { fresh }
}

const errno = (code: string): Error => Object.assign(new Error(`${code}: injected`), { code })

const failing = (fails: (index: number, operation: Operation) => boolean): Before => {
  let index = 0
  return (operation) => {
    if (fails(index++, operation)) throw errno('ENOSPC')
  }
}

const operationsOf = async (target: string): Promise<number> => {
  let count = 0
  const before = (): void => {
    count++
  }
  assert.deepEqual((await write(target, files, { force: false, before })).problems, [])
  return count
}

/** A run after whose operation `last` every change fails, as if the process were dead. */
const stopped = async (target: string, fails: (index: number) => boolean, last: number): Promise<void> => {
  await write(target, files, { force: false, before: failing((index) => index >= last || fails(index)) })
  removeLock(target)
}

/** Recovers with a disk that allows `last` changes; true if there was something to recover and it was stopped. */
const recoverStopped = async (target: string, last: number): Promise<boolean> => {
  let wasStopped = false
  const before = failing((index) => {
    wasStopped ||= index >= last
    return index >= last
  })
  const { outcome } = await recover(target, { before })
  removeLock(target)
  return wasStopped && outcome !== 'nothing'
}

const removeLock = (target: string): void => rmSync(join(target, '..', '.botwatch-lock-mcbot'), { force: true })

const assertHeals = async (target: string, where: string): Promise<void> => {
  assert.deepEqual((await write(target, files, { force: false })).problems, [], where)
  assert.deepEqual(inParent(target), { ...newTree }, where)
}

/** The target's tree, after checking that nothing is left next to it. */
const inParent = (target: string): TreeText => {
  assert.deepEqual(readdirSync(join(target, '..')), ['mcbot'])
  return sortedTree(readFolder(target))
}

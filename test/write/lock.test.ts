import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { plan, write } from '../../generators/write/write.ts'
import { filesOf, generatedTree, readFolder, type TreeText, temporary } from './tree.ts'

const many = (text: string): TreeText =>
  Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${text}/${index % 3}/${index}.yml`, text]))

test('two concurrent processes both write, one after the other', async (t) => {
  const root = temporary(t)
  const target = join(root, 'out/mcbot')
  const run = async (files: TreeText) => {
    const script = join(import.meta.dirname, 'writer.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify({ target, files })], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    await once(child, 'close')
    return JSON.parse(output)
  }
  for (let round = 0; round < 3; round++) {
    const runs = await Promise.all([run(many(`a${round}`)), run(many(`b${round}`))])
    for (const { problems, operations } of runs) {
      assert.deepEqual(problems, [])
      assert.ok(operations > 100, String(operations))
    }
    const tree = readFolder(target)
    assert.deepEqual(tree, generatedTree(many(`a${round}/0/` in tree ? `a${round}` : `b${round}`)))
    assert.deepEqual(readdirSync(join(root, 'out')), ['mcbot'])
  }
})

test('six concurrent runs all write one after the other, even past the lock of a dead process', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  let inside = 0
  const run = (name: string) => {
    let isInside = false
    return write(target, filesOf({ name, [name]: name }), {
      force: false,
      before: ({ do: what, path }) => {
        if (what === 'mkdir' && path.endsWith('.botwatch-staged-mcbot')) {
          isInside = true
          assert.equal(++inside, 1, 'one run at a time')
        }
        if (isInside && what === 'rmdir' && path.endsWith('.botwatch-staged-mcbot')) {
          isInside = false
          inside--
        }
      },
    })
  }
  for (const lock of [undefined, await lockOfADeadProcess(temporary(t))]) {
    if (lock !== undefined) writeFileSync(join(root, '.botwatch-lock-mcbot'), lock)
    const plans = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => run(`${name}${lock?.length ?? ''}`)))
    assert.deepEqual(
      plans.flatMap((done) => done.problems),
      [],
    )
    const name = readFolder(target)['name'] ?? ''
    assert.deepEqual(readFolder(target), generatedTree({ name, [name]: name }))
    assert.deepEqual(readdirSync(root), ['mcbot'])
  }
})

test('a second run waits briefly, then reports who is writing; so does a plan', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  const lock = join(root, '.botwatch-lock-mcbot')
  const held = await lockOf(target)
  const { pid, since, where } = JSON.parse(held)
  assert.equal(pid, process.pid)
  writeFileSync(lock, held)
  const before = readFolder(root)
  const busy = {
    code: 'busy',
    path: target,
    message: `is being written by process ${pid} on ${where.split(' ')[0]} since ${since}.`,
    fix: `Wait until it ends. If it is no longer running, remove ${lock}.`,
  }
  assert.deepEqual((await write(target, filesOf({ b: 'b' }), { force: false, wait: 60 })).problems, [busy])
  assert.deepEqual((await plan(target, filesOf({ b: 'b' }), { force: false })).problems, [busy])
  assert.deepEqual(readFolder(root), before)
})

test('a lock is taken over only from a run that can no longer be writing', async (t) => {
  const root = temporary(t)
  const own: Record<string, unknown> = JSON.parse(await lockOf(join(root, 'probe')))
  const dead = await lockOfADeadProcess(root)
  const locks: readonly { name: string; text: string; age?: number; isTaken: boolean }[] = [
    { name: 'a dead process', text: dead, isTaken: true },
    { name: 'a living process', text: JSON.stringify(own), isTaken: false },
    { name: 'a living process that has held it for long', text: JSON.stringify(own), age: 86_400, isTaken: false },
    {
      name: 'a process whose pid was reused',
      text: JSON.stringify({ ...own, started: 'then' }),
      isTaken: true,
    },
    { name: 'another machine', text: JSON.stringify({ ...own, where: 'other' }), isTaken: false },
    { name: 'another machine long ago', text: JSON.stringify({ ...own, where: 'other' }), age: 700, isTaken: true },
    // Created a minute in the future, so that it is still new however long a busy machine delays this.
    { name: 'a run that has just created it', text: '', age: -60, isTaken: false },
    { name: 'a run that was stopped while creating it', text: '', age: 3, isTaken: true },
  ]
  for (const [index, { name, text, age, isTaken }] of locks.entries()) {
    const target = join(root, String(index), 'mcbot')
    await write(target, filesOf({ a: 'a' }), { force: false })
    const lock = join(root, String(index), '.botwatch-lock-mcbot')
    writeFileSync(lock, text)
    const made = Date.now() / 1000 - (age ?? 0)
    utimesSync(lock, made, made)
    const done = await write(target, filesOf({ b: 'b' }), { force: false, wait: 0 })
    assert.deepEqual(
      done.problems.map((problem) => problem.code),
      isTaken ? [] : ['busy'],
      name,
    )
    assert.deepEqual(readFolder(target), generatedTree(isTaken ? { b: 'b' } : { a: 'a' }), name)
    assert.equal(existsSync(lock), !isTaken, name)
  }
})

test('a run that loses its lock while preparing changes nothing', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  await write(target, filesOf({ a: 'a' }), { force: false })
  const done = await write(target, filesOf({ a: 'b' }), {
    force: false,
    before: ({ do: what, path }) => {
      if (what === 'link' && !path.includes('.botwatch-lock'))
        writeFileSync(join(root, '.botwatch-lock-mcbot'), 'another run')
    },
  })
  assert.deepEqual(
    done.problems.map((problem) => problem.message),
    ['another run took over while this one was preparing. Nothing was changed.'],
  )
  assert.deepEqual(readFolder(target), generatedTree({ a: 'a' }))
  assert.equal(readFileSync(join(root, '.botwatch-lock-mcbot'), 'utf8'), 'another run')
})

/** The lock's text while a run in this process writes. */
const lockOf = async (target: string): Promise<string> => {
  const lock = join(target, '..', `.botwatch-lock-${target.split('/').at(-1)}`)
  let text = ''
  await write(target, filesOf({ a: String(Math.random()) }), {
    force: false,
    before: () => {
      if (existsSync(lock)) text = readFileSync(lock, 'utf8')
    },
  })
  return text
}

/** The lock's text of a process that has ended. */
const lockOfADeadProcess = async (root: string): Promise<string> => {
  const probe = join(root, 'dead', 'probe')
  const own: Record<string, unknown> = JSON.parse(await lockOf(probe))
  return JSON.stringify({ ...own, pid: spawnSync(process.execPath, ['--version']).pid })
}

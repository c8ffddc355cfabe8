import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { plan, recover, write } from '../../generators/write/write.ts'
import { runToEnd } from '../commands/project.ts'
import { newFiles, newTree, oldFiles, oldTree, own } from './change.ts'
import { filesOf, lay, readFolder, type TreeText, temporary } from './tree.ts'
import type { WriterTask } from './writer.ts'

test('after a kill before any operation, the next run leaves the new tree, and a recovery the old or the new one', async (t) => {
  const script = await compiledWriter(t)
  const root = temporary(t)
  const template = join(root, 'template')
  lay(template, own)
  assert.deepEqual((await write(template, filesOf(oldFiles), { force: false })).problems, [])
  assert.deepEqual(readFolder(template), oldTree)

  const outcomes = { nothing: 0, finished: 0, undone: 0 }
  const crash = async (killAt: number): Promise<boolean> => {
    const folder = join(root, String(killAt))
    cpSync(template, join(folder, 'mcbot'), { recursive: true })
    const { signal } = await run(script, { target: join(folder, 'mcbot'), files: newFiles, killAt })
    if (signal === null) {
      assert.deepEqual(readFolder(folder), inFolder(newTree))
      return false
    }
    assert.equal(signal, 'SIGKILL')
    const crashed = readFolder(folder)
    const again = join(root, `${killAt}-again`)
    cpSync(folder, again, { recursive: true })

    const checked = await plan(join(folder, 'mcbot'), filesOf(newFiles), { force: false })
    const isHalf = ['forward.json', 'backward.json'].some((name) => `.botwatch-staged-mcbot/${name}` in crashed)
    assert.notEqual(crashed['.botwatch-lock-mcbot'], '', 'a lock is never empty')
    const expected = isHalf ? ['unfinished'] : []
    const codes = checked.problems.map((problem) => problem.code)
    assert.deepEqual(codes, expected, `killed at ${killAt}`)
    assert.deepEqual(readFolder(folder), crashed, 'a plan changes nothing')

    const { outcome, problems } = await recover(join(folder, 'mcbot'))
    assert.deepEqual(problems, [])
    assert.notEqual(outcome, 'stuck')
    if (outcome !== 'stuck') outcomes[outcome]++
    const recovered = readFolder(folder)
    const whole = 'mcbot/runbooks/Stale.md' in recovered ? newTree : oldTree
    assert.deepEqual(recovered, inFolder(whole), `killed at ${killAt}`)
    if (outcome === 'finished') assert.equal(whole, newTree)
    if (outcome === 'undone') assert.equal(whole, oldTree)

    const rerun = await write(join(again, 'mcbot'), filesOf(newFiles), { force: false })
    assert.deepEqual(rerun.problems, [])
    assert.deepEqual(readFolder(again), inFolder(newTree), `killed at ${killAt}, then run again`)
    return true
  }

  let next = 0
  let crashes = 0
  const work = async (): Promise<void> => {
    while (await crash(next++)) crashes++
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work))
  t.diagnostic(`${crashes} crash points: ${JSON.stringify(outcomes)}`)
  assert.ok(
    Object.values(outcomes).every((count) => count > 10),
    JSON.stringify(outcomes),
  )
})

const inFolder = (tree: TreeText): TreeText => ({
  'mcbot/': '',
  ...Object.fromEntries(Object.entries(tree).map(([path, text]) => [`mcbot/${path}`, text])),
})

/** The writer as plain JavaScript, which starts five times as fast; inside the repository, so that its packages are found. */
async function compiledWriter(t: TestContext): Promise<string> {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const folder = mkdtempSync(join(root, 'node_modules/.botwatch-writer-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const options = { rootDir: root, outDir: folder, noEmit: false, noCheck: true, types: [] }
  const files = [join(import.meta.dirname, 'writer.ts')]
  const config = { extends: join(root, 'tsconfig.json'), compilerOptions: options, files, include: [], exclude: [] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { status, stdout } = await runToEnd(process.execPath, [tsc, '-p', folder, '--singleThreaded'], root)
  assert.equal(status, 0, stdout)
  return join(folder, 'test/write/writer.js')
}

const run = async (script: string, order: WriterTask): Promise<{ signal: string | null }> => {
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: 'ignore' })
  const [code, signal] = await once(child, 'exit')
  assert.ok(code === 0 || signal === 'SIGKILL', `the writer ended with ${code} ${signal}`)
  return { signal }
}

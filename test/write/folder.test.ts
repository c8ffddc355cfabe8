import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { plan, recover, write } from '../../generators/write/write.ts'
import { filesOf, generatedTree, lay, manifestText, readFolder, sortedTree, type TreeText, temporary } from './tree.ts'

const old: TreeText = { 'alerts.yml': 'old\n', 'runbooks/BotDown.md': 'down\n' }
const next: TreeText = { 'alerts.yml': 'new\n', 'runbooks/Stale.md': 'stale\n' }

test('a plan for a missing target adds everything and creates nothing', async (t) => {
  const root = temporary(t)
  const planned = await plan(join(root, 'out/mcbot'), filesOf(next), { force: false })
  assert.deepEqual(planned, {
    target: join(root, 'out/mcbot'),
    added: [
      { path: 'alerts.yml', old: null, new: 'new\n' },
      { path: 'runbooks/Stale.md', old: null, new: 'stale\n' },
    ],
    changed: [],
    removed: [],
    unchanged: [],
    overwritten: [],
    manifest: { path: 'manifest.json', old: null, new: manifestText(next) },
    problems: [],
  })
  assert.deepEqual(readFolder(root), {})
  await write(join(root, 'out/mcbot'), filesOf(next), { force: false })
  assert.deepEqual(readFolder(join(root, 'out/mcbot')), generatedTree(next))
})

test('the working directory and a path with a trailing slash can be targets', async (t) => {
  const root = temporary(t)
  const cwd = process.cwd()
  await write(`${join(root, 'mcbot')}/`, filesOf(old), { force: false })
  process.chdir(join(root, 'mcbot'))
  t.after(() => process.chdir(cwd))
  assert.deepEqual((await write('.', filesOf(next), { force: false })).problems, [])
  assert.deepEqual(readFolder(join(root, 'mcbot')), generatedTree(next))
  assert.deepEqual(readdirSync(root), ['mcbot'])
})

test('unchanged files and folders keep inode and time, and a changed file keeps its mode', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  const files = { ...old, 'prometheus/a.yml': 'a\n', 'prometheus/b.yml': 'b\n' }
  await write(target, filesOf(files), { force: false })
  const past = new Date('2020-01-01T00:00:00Z')
  chmodSync(join(target, 'prometheus/a.yml'), 0o640)
  for (const path of Object.keys(readFolder(target))) utimesSync(join(target, path), past, past)
  const stats = (path: string) => lstatSync(join(target, path))
  const before = Object.fromEntries(Object.keys(readFolder(target)).map((path) => [path, stats(path)]))

  await write(target, filesOf(files), { force: false })
  for (const [path, { ino, mtimeMs, ctimeMs }] of Object.entries(before)) {
    assert.deepEqual([stats(path).ino, stats(path).mtimeMs, stats(path).ctimeMs], [ino, mtimeMs, ctimeMs], path)
  }

  await write(target, filesOf({ ...files, 'prometheus/a.yml': 'A\n' }), { force: false })
  for (const path of ['alerts.yml', 'runbooks/', 'runbooks/BotDown.md', 'prometheus/b.yml']) {
    assert.deepEqual([stats(path).ino, stats(path).mtimeMs], [before[path]?.ino, before[path]?.mtimeMs], path)
  }
  assert.equal(stats('prometheus/').ino, before['prometheus/']?.ino)
  assert.notEqual(stats('prometheus/a.yml').mtimeMs, before['prometheus/a.yml']?.mtimeMs)
  assert.equal(stats('prometheus/a.yml').mode & 0o777, 0o640)
})

test('others may read new files and folders, whatever the umask', async (t) => {
  const target = join(temporary(t), 'mcbot')
  const umask = process.umask(0o077)
  t.after(() => process.umask(umask))
  await write(target, filesOf(old), { force: false })
  const mode = (path: string): number => lstatSync(join(target, path)).mode & 0o777
  assert.deepEqual(['', 'runbooks', 'alerts.yml', 'manifest.json'].map(mode), [0o755, 0o755, 0o644, 0o644])
})

test('a folder without write permission is an error, and the old output stays', (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  const user = process.getuid?.() === 0 ? 65534 : undefined
  const give = (path: string): void => (user === undefined ? undefined : chownSync(path, user, user))
  const run = (files: TreeText): { problems: readonly { path: string; message: string }[] } => {
    const order = JSON.stringify({ target, files, user })
    const script = join(import.meta.dirname, 'writer.ts')
    const child = spawnSync(process.execPath, ['--import', 'tsx', script, order], { encoding: 'utf8' })
    assert.equal(child.status, 0, child.stderr)
    return JSON.parse(child.stdout)
  }
  give(root)
  assert.deepEqual(run({ ...old, 'prometheus/a.yml': 'a\n' }).problems, [])
  const before = readFolder(root)

  chmodSync(join(target, 'prometheus'), 0o555)
  const [problem] = run({ ...next, 'prometheus/a.yml': 'A\n' }).problems
  assert.equal(problem?.path, join(target, 'prometheus/a.yml'))
  assert.equal(problem?.message, 'cannot be written: permission denied (EACCES). Everything was put back.')
  assert.deepEqual(readFolder(root), before)

  chmodSync(join(target, 'prometheus'), 0o755)
  chmodSync(root, 0o555)
  const [other] = run(next).problems
  assert.equal(other?.path, root)
  assert.equal(other?.message, 'cannot be written: permission denied (EACCES).')
  chmodSync(root, 0o755)
  assert.deepEqual(readFolder(root), before)

  chmodSync(join(target, 'alerts.yml'), 0o000)
  const [unread] = run(next).problems
  assert.equal(unread?.message, 'cannot be read: permission denied (EACCES).')
})

test('a file or a link in place of the target or a parent folder is an error', async (t) => {
  const root = temporary(t)
  lay(root, { file: 'f', 'real/': '', 'staged/': '' })
  symlinkSync('real', join(root, 'linked'))
  const at = async (path: string): Promise<readonly string[]> =>
    (await write(join(root, path), filesOf(next), { force: true })).problems.map(
      ({ code, message }) => `${code}: ${message}`,
    )
  const before = readFolder(root)
  assert.deepEqual(await at('file'), ['not-a-folder: is a file, but the generated files need a folder there.'])
  assert.deepEqual(await at('linked'), [
    'link: is a symbolic link; links are never followed, since they may lead outside the folder.',
  ])
  assert.deepEqual(await at('file/mcbot'), [
    'cannot-write: cannot be written: there is a file where a folder is needed (ENOTDIR).',
  ])
  assert.deepEqual(readFolder(root), before)
  writeFileSync(join(root, '.botwatch-staged-mcbot'), 'mine')
  assert.deepEqual(await at('mcbot'), [
    'cannot-write: cannot be written: it already exists (EEXIST). Nothing was changed.',
  ])
  assert.deepEqual(readFolder(root), sortedTree({ ...before, '.botwatch-staged-mcbot': 'mine' }))
})

test('an unreadable journal is an error with a fix, and nothing is touched', async (t) => {
  const broken = {
    '{': 'is not JSON',
    '{"format":2,"steps":[]}': 'is not a journal of format 1 (format: Invalid input: expected 1)',
    '{"format":1,"steps":[{"do":"remove","path":"../outside","old":"x"}]}':
      'is not a journal of format 1 (steps: 0: path: is not allowed as the path of a generated file)',
  }
  for (const [text, fault] of Object.entries(broken)) {
    const root = temporary(t)
    const target = join(root, 'mcbot')
    const staging = join(root, '.botwatch-staged-mcbot')
    await write(target, filesOf(old), { force: false })
    mkdirSync(staging)
    writeFileSync(join(staging, 'forward.json'), text)
    const before = readFolder(root)
    const { problems } = await write(target, filesOf(next), { force: true })
    assert.deepEqual(problems, [
      {
        code: 'broken-journal',
        path: join(staging, 'forward.json'),
        message: `${fault}, so its run can be neither finished nor undone; ${target} may be partly old and partly new.`,
        fix: `Restore ${target} from version control, remove ${staging}, then run again.`,
      },
    ])
    assert.deepEqual(await recover(target), { outcome: 'stuck', problems })
    assert.deepEqual((await plan(target, filesOf(next), { force: true })).problems[0]?.code, 'unfinished')
    assert.deepEqual(readFolder(root), before)
  }
})

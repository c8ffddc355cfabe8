import assert from 'node:assert/strict'
import { rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { recover, write } from '../../generators/write/write.ts'
import { filesOf, generatedTree, lay, readFolder, type TreeText, temporary } from './tree.ts'

const old: TreeText = { 'a.yml': 'a\n', 'b.yml': 'b\n', 'gone.yml': 'gone\n' }
const next: TreeText = { 'a.yml': 'A\n', 'b.yml': 'B\n', 'new.yml': 'new\n' }

type Case = {
  readonly name: string
  /** What somebody does after a run was stopped that had removed gone.yml and replaced a.yml, but not b.yml. */
  readonly edit: (target: string) => void
  readonly outcome: string
  readonly tree: TreeText
  readonly codes: readonly string[]
}

const cases: readonly Case[] = [
  {
    name: 'if a file not yet replaced is edited, the edit stays and the run is undone',
    edit: (target) => writeFileSync(join(target, 'b.yml'), 'mine\n'),
    outcome: 'undone',
    tree: { ...generatedTree(old), 'b.yml': 'mine\n' },
    codes: ['hand-edited'],
  },
  {
    name: 'if a replaced file is edited, the edit stays and the run is finished',
    edit: (target) => writeFileSync(join(target, 'a.yml'), 'mine\n'),
    outcome: 'finished',
    tree: { ...generatedTree(next), 'a.yml': 'mine\n' },
    codes: ['hand-edited'],
  },
  {
    name: 'if the tree is restored from version control, it is the old one',
    edit: (target) => lay(target, generatedTree(old)),
    outcome: 'undone',
    tree: generatedTree(old),
    codes: [],
  },
  {
    name: 'if a file not yet replaced is deleted, it is written',
    edit: (target) => unlinkSync(join(target, 'b.yml')),
    outcome: 'finished',
    tree: generatedTree(next),
    codes: [],
  },
  {
    name: 'if a replaced file is deleted, its old version comes back',
    edit: (target) => unlinkSync(join(target, 'a.yml')),
    outcome: 'undone',
    tree: generatedTree(old),
    codes: [],
  },
  {
    name: 'if a removed file is written again, it stays and everything else is undone',
    edit: (target) => writeFileSync(join(target, 'gone.yml'), 'mine\n'),
    outcome: 'undone',
    tree: { ...generatedTree(old), 'gone.yml': 'mine\n' },
    codes: ['hand-edited'],
  },
]

for (const { name, edit, outcome, tree, codes } of cases) {
  test(`between a stopped run and the next, ${name}`, async (t) => {
    const root = temporary(t)
    const target = join(root, 'mcbot')
    await write(target, filesOf(old), { force: false })
    let isDead = false
    await write(target, filesOf(next), {
      force: false,
      before: ({ do: what, path }) => {
        isDead ||= what === 'rename' && path === join(target, 'b.yml')
        if (isDead) throw Object.assign(new Error('dead'), { code: 'EIO' })
      },
    })
    rmSync(join(root, '.botwatch-lock-mcbot'))
    const half = readFolder(target)
    assert.deepEqual([half['a.yml'], half['b.yml'], 'gone.yml' in half], ['A\n', 'b\n', false])

    edit(target)
    assert.deepEqual(await recover(target), { outcome, problems: [] })
    assert.deepEqual(readFolder(target), { ...tree })
    const plan = await write(target, filesOf(next), { force: false })
    assert.deepEqual(
      plan.problems.map((problem) => problem.code),
      codes,
    )
    assert.deepEqual((await write(target, filesOf(next), { force: true })).problems, [])
    assert.deepEqual(readFolder(root), {
      'mcbot/': '',
      ...Object.fromEntries(Object.entries(generatedTree(next)).map(([path, text]) => [`mcbot/${path}`, text])),
    })
  })
}

test('an edit made while a run prepares is not lost, and the run is not carried out', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  await write(target, filesOf(old), { force: false })
  const plan = await write(target, filesOf(next), {
    force: false,
    before: ({ do: what, path }) => {
      if (what === 'rename' && path.endsWith('forward.json')) writeFileSync(join(target, 'b.yml'), 'mine\n')
    },
  })
  assert.deepEqual(
    plan.problems.map((problem) => problem.message),
    ['was edited while it was being written. Nothing else was changed.'],
  )
  assert.deepEqual(readFolder(root), {
    'mcbot/': '',
    ...Object.fromEntries(
      Object.entries({ ...generatedTree(old), 'b.yml': 'mine\n' }).map(([path, text]) => [`mcbot/${path}`, text]),
    ),
  })
})

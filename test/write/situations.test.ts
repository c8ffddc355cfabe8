import assert from 'node:assert/strict'
import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { plan, write } from '../../generators/write/write.ts'
import { filesOf, generatedTree, lay, manifestText, readFolder, sortedTree, type TreeText, temporary } from './tree.ts'

const old: TreeText = { 'alerts.yml': 'old\n', 'runbooks/BotDown.md': 'down\n' }
const next: TreeText = { 'alerts.yml': 'new\n', 'runbooks/Stale.md': 'stale\n' }

type Situation = {
  readonly name: string
  /** Written over the output of `old`. */
  readonly lay?: TreeText
  readonly links?: TreeText
  readonly files?: TreeText
  readonly force?: boolean
  /** Expected: the tree afterwards, or the problems (`$` is the target) with nothing changed. */
  readonly tree?: TreeText
  readonly problems?: readonly string[]
}

const situations: readonly Situation[] = [
  { name: 'a change, an addition and a removal', tree: generatedTree(next) },
  { name: 'a deleted generated file comes back', files: old, tree: generatedTree(old) },
  {
    name: 'the user’s own files stay',
    lay: {
      '.env': 'A=1\n',
      '.env.local': 'B=2\n',
      'secrets/deep/token': 't\n',
      '.DS_Store': '\0',
      'runbooks/.DS_Store': '\0',
    },
    tree: {
      ...generatedTree(next),
      '.env': 'A=1\n',
      '.env.local': 'B=2\n',
      'secrets/': '',
      'secrets/deep/': '',
      'secrets/deep/token': 't\n',
      '.DS_Store': '\0',
      'runbooks/.DS_Store': '\0',
    },
  },
  { name: 'empty folders made by others stay', lay: { 'empty/': '' }, tree: { ...generatedTree(next), 'empty/': '' } },
  {
    name: 'a hand-edited file is an error',
    lay: { 'alerts.yml': 'mine\n', 'runbooks/BotDown.md': 'mine\n' },
    problems: [
      'hand-edited $/alerts.yml: was edited by hand: the edit would be lost.',
      'hand-edited $/runbooks/BotDown.md: was edited by hand: the edit would be lost.',
    ],
  },
  {
    name: 'force overwrites and removes hand-edited files',
    lay: { 'alerts.yml': 'mine\n', 'runbooks/BotDown.md': 'mine\n' },
    force: true,
    tree: generatedTree(next),
  },
  {
    name: 'a hand-edited file that equals the new output is not an error',
    lay: { 'alerts.yml': 'new\n' },
    tree: generatedTree(next),
  },
  {
    name: 'merge markers in a generated file are reported',
    lay: { 'alerts.yml': '<<<<<<< ours\nold\n=======\nnew\n>>>>>>> theirs\n' },
    problems: ['hand-edited $/alerts.yml: contains merge markers (`<<<<<<<`): it differs from what botwatch wrote.'],
  },
  {
    name: 'foreign files and folders are errors, even with force',
    lay: { 'notes.txt': 'n', 'own/deep/a.yml': 'a', 'runbooks/mine.md': 'm' },
    force: true,
    problems: [
      'foreign $/notes.txt: is neither generated nor in the manifest: botwatch did not write it, so it will not remove it.',
      'foreign $/own/: is neither generated nor in the manifest: botwatch did not write it, so it will not remove it.',
      'foreign $/runbooks/mine.md: is neither generated nor in the manifest: botwatch did not write it, so it will not remove it.',
    ],
  },
  {
    name: 'a foreign file at the path of a generated one is an error, even with force',
    lay: { 'runbooks/Stale.md': 'mine\n' },
    force: true,
    problems: [
      'foreign $/runbooks/Stale.md: would be generated, but there is a different file that is not in the manifest: botwatch did not write it.',
    ],
  },
  {
    name: 'an unlisted file that equals the generated one is taken over',
    lay: { 'runbooks/Stale.md': 'stale\n' },
    tree: generatedTree(next),
  },
  {
    name: 'a foreign file where a folder is needed is an error',
    lay: { prometheus: 'a file\n' },
    files: { 'prometheus/rules/a.yml': 'a\n' },
    problems: [
      'foreign $/prometheus: is neither generated nor in the manifest: botwatch did not write it, so it will not remove it.',
    ],
  },
  {
    name: 'a folder where a file should be is an error, even an empty one',
    lay: { 'contract.json/': '' },
    files: { ...next, 'contract.json': '{}\n' },
    problems: [
      'in-the-way $/contract.json: would be generated as a file, but there is a folder that is not entirely generated.',
    ],
  },
  {
    name: 'a generated folder becomes a file, with the empty folders in it',
    lay: { 'runbooks/empty/deep/': '' },
    files: { runbooks: 'all in one\n' },
    tree: generatedTree({ runbooks: 'all in one\n' }),
  },
  {
    name: 'a generated folder that contains a file of the user does not become a file',
    lay: { 'runbooks/.DS_Store': '\0' },
    files: { runbooks: 'all in one\n' },
    problems: [
      'in-the-way $/runbooks: would be generated as a file, but there is a folder that is not entirely generated.',
    ],
  },
  {
    name: 'a generated file becomes a folder',
    files: { 'alerts.yml/deep/one': '1\n' },
    tree: generatedTree({ 'alerts.yml/deep/one': '1\n' }),
  },
  {
    name: 'a link in place of a generated file is not followed',
    links: { 'runbooks/Stale.md': '../../outside/file' },
    problems: [
      'link $/runbooks/Stale.md: is a symbolic link; links are never followed, since they may lead outside the folder.',
    ],
  },
  {
    name: 'a link in place of a folder is not followed, even with force',
    links: { prometheus: '../outside' },
    files: { ...next, 'prometheus/file': 'new\n' },
    force: true,
    problems: [
      'link $/prometheus: is a symbolic link; links are never followed, since they may lead outside the folder.',
    ],
  },
  {
    name: 'merge markers in the manifest are an error, even with force',
    lay: { 'manifest.json': `<<<<<<< ours\n${manifestText(old)}=======\n${manifestText(next)}>>>>>>> theirs\n` },
    force: true,
    problems: [
      'broken-manifest $/manifest.json: contains merge markers (`<<<<<<<`), so botwatch cannot tell which files are generated.',
    ],
  },
  {
    name: 'a manifest that is not JSON is an error',
    lay: { 'manifest.json': '{' },
    problems: ['broken-manifest $/manifest.json: is not JSON, so botwatch cannot tell which files are generated.'],
  },
  {
    name: 'a manifest of a newer format is an error',
    lay: { 'manifest.json': '{"format": 2, "files": {"a": "new kind of hash"}}' },
    problems: ['newer-manifest $/manifest.json: has format 2; this version of botwatch reads formats up to 1.'],
  },
  {
    name: 'a manifest that lists a file outside the folder is an error',
    lay: { 'manifest.json': manifestText({ '../outside/file': 'outside\n' }) },
    problems: [
      'broken-manifest $/manifest.json: is not a valid manifest: files: ../outside/file: Invalid key in record.',
    ],
  },
  {
    name: 'a manifest that lists .env is an error, so that force does not remove it',
    lay: { '.env': 'A=1\n', 'manifest.json': manifestText({ '.env': 'A=1\n' }) },
    force: true,
    problems: ['broken-manifest $/manifest.json: is not a valid manifest: files: .env: Invalid key in record.'],
  },
  {
    name: 'illegal, reserved and colliding paths are all reported',
    files: {
      '../outside/file': '',
      '/etc/passwd': '',
      'a\\b': '',
      'a//b': '',
      'C:/x': '',
      'nul.txt': '',
      'end.': '',
      '': '',
      'Manifest.json': '',
      '.env.prod': '',
      'secrets/token': '',
      'x/.git/config': '',
      'runbooks/Botdown.md': '',
      'Runbooks/BotDown.md': '',
      both: '',
      'both/file': '',
      '.env.example': 'allowed',
    },
    problems: [
      'illegal-path : the path "" is empty.',
      'illegal-path ../outside/file: the path "../outside/file" has the segment `..`; it must stay inside the folder.',
      'illegal-path /etc/passwd: the path "/etc/passwd" is absolute; it must be relative to the folder.',
      'illegal-path C:/x: the path "C:/x" is absolute; it must be relative to the folder.',
      'illegal-path a//b: the path "a//b" has an empty segment.',
      'illegal-path a\\b: the path "a\\\\b" contains a backslash; use `/` between folders.',
      'illegal-path end.: the path "end." has a segment that ends in a dot or a space.',
      'illegal-path nul.txt: the path "nul.txt" has a segment that Windows reserves.',
      'reserved-path $/.env.prod: is reserved for botwatch or for the user; no file can be generated there.',
      'reserved-path $/Manifest.json: is reserved for botwatch or for the user; no file can be generated there.',
      'reserved-path $/secrets/token: is reserved for botwatch or for the user; no file can be generated there.',
      'reserved-path $/x/.git/config: is reserved for botwatch or for the user; no file can be generated there.',
      'colliding-paths $/both: is both a file and the folder both.',
      'colliding-paths $/runbooks/Botdown.md: is the same file as Runbooks/BotDown.md on a case-insensitive file system.',
      'colliding-paths $/runbooks/Botdown.md: its folder runbooks is the same as Runbooks on a case-insensitive file system.',
    ],
  },
]

for (const situation of situations) {
  test(situation.name, async (t) => {
    const root = temporary(t)
    const target = join(root, 'mcbot')
    assert.deepEqual((await write(target, filesOf(old), { force: false })).problems, [])
    lay(root, { 'outside/file': 'outside\n' })
    lay(target, situation.lay ?? {})
    for (const [path, to] of Object.entries(situation.links ?? {})) symlinkSync(to, join(target, path))
    const before = readFolder(root)
    const files = filesOf(situation.files ?? next)
    const force = situation.force ?? false

    const planned = await plan(target, files, { force })
    assert.deepEqual(readFolder(root), before, 'a plan changes nothing')
    const written = await write(target, files, { force })
    assert.deepEqual(written, planned, 'write does what plan says')
    const problems = written.problems.map(
      ({ code, path, message }) => `${code} ${path.replace(target, '$')}: ${message}`,
    )
    assert.deepEqual(problems.sort(), [...(situation.problems ?? [])].sort())
    assert.ok(written.problems.every((problem) => problem.fix.length > 20))
    if (situation.tree === undefined) assert.deepEqual(readFolder(root), before, 'nothing was changed')
    else {
      assert.deepEqual(readFolder(target), sortedTree(situation.tree))
      assert.deepEqual(readdirSync(root).sort(), ['mcbot', 'outside'], 'nothing is left next to it')
      const again = await write(target, files, { force: false })
      assert.deepEqual(
        [again.problems, again.added, again.changed, again.removed, again.manifest],
        [[], [], [], [], null],
      )
    }
  })
}

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { diff } from '../../generators/write/diff.ts'
import { plan, write } from '../../generators/write/write.ts'
import { filesOf, lay, temporary } from './tree.ts'

const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')

test('a difference is a unified diff per file with three lines of context', async (t) => {
  const root = temporary(t)
  const target = join(root, 'mcbot')
  const old = { 'changed.yml': numbered(20), 'gone.yml': 'gone\n', 'same.yml': 'same\n' }
  const next = {
    'added.yml': 'added',
    'changed.yml': numbered(20).replace('line 10\n', 'line ten\n'),
    'same.yml': 'same\n',
  }
  await write(target, filesOf(old), { force: false })
  const text = diff(await plan(target, filesOf(next), { force: false }))
  assert.equal(
    text.replaceAll(target, '$'),
    `--- /dev/null
+++ $/added.yml
@@ -0,0 +1,1 @@
+added
\\ No newline at end of file
--- $/changed.yml
+++ $/changed.yml
@@ -7,7 +7,7 @@
 line 7
 line 8
 line 9
-line 10
+line ten
 line 11
 line 12
 line 13
--- $/gone.yml
+++ /dev/null
@@ -1,1 +0,0 @@
-gone
`,
  )
  assert.equal(diff(await plan(target, filesOf(old), { force: false })), '')
  const blank = await plan(target, filesOf({ ...old, 'changed.yml': `${numbered(20)}\n\n` }), { force: false })
  assert.match(diff(blank), /\n line 20\n\+\n\+\n$/)
})

test('a long difference is cut, and the rest is counted', async (t) => {
  const root = temporary(t)
  const planned = await plan(join(root, 'mcbot'), filesOf({ 'long.yml': numbered(100) }), { force: false })
  const shown = diff(planned, 4)
  assert.equal(
    shown.replaceAll(root, '$'),
    '--- /dev/null\n+++ $/mcbot/long.yml\n@@ -0,0 +1,100 @@\n+line 1\n+line 2\n+line 3\n... and 97 more lines\n',
  )
  assert.equal(diff(planned, 100).split('\n').at(-2), '+line 100', 'one line is shown rather than counted')
})

test('two texts with nothing in common are compared up to a thousand lines and no further', async (t) => {
  const target = join(temporary(t), 'mcbot')
  const shown = async (count: number) => {
    await write(target, filesOf({ 'long.yml': numbered(count) }), { force: true })
    const next = filesOf({ 'long.yml': numbered(count).replaceAll('line', 'row') })
    return diff(await plan(target, next, { force: false }))
      .split('\n')
      .at(-2)
  }
  assert.equal(await shown(1000), '... and 1941 more lines')
  assert.equal(await shown(1001), '1001 lines become 1001: too many differences to show')
  assert.equal(await shown(20_000), '20000 lines become 20000: too many differences to show')
})

test('line ends and control characters are made visible', async (t) => {
  const target = join(temporary(t), 'mcbot')
  await write(target, filesOf({ 'a.yml': 'one\n' }), { force: false })
  lay(target, { 'a.yml': 'one\r\n\u001b[31m\ttab\n' })
  const text = diff(await plan(target, filesOf({ 'a.yml': 'one\n' }), { force: true }))
  assert.match(text, /\n-one␍\n-␛\[31m\ttab\n\+one\n$/)
})

test('if only the manifest differs, its difference is shown', async (t) => {
  const target = join(temporary(t), 'mcbot')
  lay(target, { 'a.yml': 'one\n' })
  const text = diff(await plan(target, filesOf({ 'a.yml': 'one\n' }), { force: false }))
  assert.match(text, /^--- \/dev\/null\n\+\+\+ .*manifest\.json\n@@ -0,0 \+1,6 @@\n\+\{\n\+ {2}"format": 1,\n/)
})

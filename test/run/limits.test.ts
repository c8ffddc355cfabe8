import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { head, isAlive, plantFiles } from './planted.ts'

/** What a run prints for one file, without the heading and the summary. */
const fileOf = (text: string) => text.replace(/^\n== tests\n/, '').replace(/\n== tests: [\s\S]*/, '')

const cases: readonly (readonly [what: string, source: string, said: string])[] = [
  [
    'an endless loop',
    "test('before', () => {})\ntest('loops', () => {\n  while (true) {}\n})\ntest('after', () => {})",
    `0 passed, 1 failed (N s)
    ✖ loops
        did not finish within N s and was killed. It used N s of CPU time: an endless loop?`,
  ],
  [
    'a loop in a subtest',
    "test('outer', (t) => t.test('inner', () => {\n  while (true) {}\n}))",
    `0 passed, 1 failed (N s)
    ✖ outer > inner
        did not finish within N s and was killed. It used N s of CPU time: an endless loop?`,
  ],
  [
    'a promise that never settles, while something else goes on',
    "setInterval(() => {}, 1000)\ntest('passes', () => {})\ntest('waits', () => new Promise(() => {}))\ntest('after', () => {})",
    `1 passed, 1 failed (N s)
    ✔ passes
    ✖ waits
        did not finish within N s and was killed. It used almost no CPU time: it waits for something that never happens.
        1 more test of the file did not run.`,
  ],
  [
    'a server that was never closed',
    "import { createServer } from 'node:net'\ntest('passes', () => {\n  createServer().listen(0, '127.0.0.1')\n})",
    `1 passed, 1 failed (N s)
    ✔ passes
    ✖ test/a/a.test.ts
        its tests finished, but its process was still running after N s and was killed. What keeps it alive: a listening server.
        Stop in t.after() what a test starts.`,
  ],
  [
    'a loop before the first test',
    'while (true) {}',
    `0 passed, 1 failed (N s)
    ✖ test/a/a.test.ts
        no test started within N s, and the file was killed. It used N s of CPU time: an endless loop?`,
  ],
  [
    'an exit in the middle of a test',
    "test('passes', () => {})\ntest('exits', () => process.exit(0))",
    `0 passed, 1 failed (N s)
    ✖ exits
        its process ended with exit code 0 before its tests finished`,
  ],
  [
    'an error outside any test',
    "throw new Error('too early')",
    `0 passed, 1 failed (N s)
    ✖ test/a/a.test.ts
        its process ended with exit code N before any test started:
        Error: too early`,
  ],
  [
    'an error after the test',
    "test('passes', () => {\n  setTimeout(() => {\n    throw new Error('too late')\n  }, 100)\n})",
    `1 passed, 1 failed (N s)
    ✔ passes
    ✖ test/a/a.test.ts
        its process ended with exit code 1, although no test failed:
        Error: Test "passes" at test/a/a.test.ts:N:N generated asynchronous activity after the test ended. This activity created the error "Error: too late" and would have caused the test to fail, but instead triggered an uncaughtException event.`,
  ],
  [
    'no test at all',
    '',
    `0 passed, 1 failed (N s)
    ✖ test/a/a.test.ts
        the file has no tests`,
  ],
]

for (const [what, source, said] of cases)
  test(`${what} fails within its limit, and the run continues`, async (t) => {
    const { run } = plantFiles(t, { 'test/a/a.test.ts': `${head}${source}\n` })
    const { exit, text } = await run(['test/a', '--timeout', '2'])
    assert.equal(exit, 1)
    // the output of a process is printed after its failures
    assert.equal(
      fileOf(text)
        .replace(/\n {4}\|[\s\S]*/, '')
        // they are Node's
        .replace(/\d+:\d+ generated/, 'N:N generated')
        .replace(/exit code [1-9]\d* before/, 'exit code N before'),
      `✖ test/a/a.test.ts: ${said}`,
    )
    assert.match(text, /\n\d passed, 1 failed, 0 skipped\n$/)
  })

const leaving = `import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const command = ['-e', 'setTimeout(() => {}, 1e6)']
const pids = [false, true].map((detached) => {
  const child = spawn(process.execPath, command, { detached, stdio: 'ignore' })
  child.unref()
  return child.pid
})
writeFileSync('pids', pids.join())
`

test('processes that a test leaves behind are killed and named, inside and outside its process group', async (t) => {
  const { run, read } = plantFiles(t, { 'test/a/a.test.ts': `${head}${leaving}test('leaves them', () => {})\n` })
  const { text } = await run(['test/a'])
  const pids = read('pids').split(',').map(Number)
  assert.equal(
    fileOf(text),
    `✖ test/a/a.test.ts: 1 passed, 1 failed (N s)
    ✔ leaves them
    ✖ test/a/a.test.ts
        it left 2 processes behind, which the test runner killed:
${[...pids]
  .sort((a, b) => a - b)
  .map((pid) => `          ${pid} ${process.execPath} -e setTimeout(() => {}, 1e6)`)
  .join('\n')}
        Stop in t.after() what a test starts.`,
  )
  assert.deepEqual(pids.map(isAlive), [false, false])
})

test('killing a file also kills the processes that it started', async (t) => {
  const { run, read } = plantFiles(t, {
    'test/a/a.test.ts': `${head}${leaving}test('loops', () => {\n  while (true) {}\n})\n`,
  })
  const { exit } = await run(['test/a', '--timeout', '2'])
  assert.equal(exit, 1)
  assert.deepEqual(read('pids').split(',').map(Number).map(isAlive), [false, false])
})

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`a run ended by ${signal} leaves no process behind`, async (t) => {
    const { start, read } = plantFiles(t, {
      'test/a/first.test.ts': `${head}test('first', () => {})\n`,
      'test/a/later.test.ts': `${head}import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
test('waits', async () => {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'], { detached: true })
  writeFileSync('pids~', [process.pid, child.pid].join())
  renameSync('pids~', 'pids')
  await once(child, 'exit')
})
`,
    })
    const child = start(['test/a'])
    const ended = once(child, 'exit')
    for await (const line of createInterface({ input: child.stdout })) if (line.includes('first.test.ts')) break
    const pids = await until(() => read('pids').split(',').map(Number))
    child.kill(signal)
    assert.deepEqual(await ended, [code, null])
    assert.deepEqual(pids.map(isAlive), [false, false])
  })

/** The result as soon as there is one. */
async function until<T>(look: () => T): Promise<T> {
  for (;;) {
    try {
      return look()
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

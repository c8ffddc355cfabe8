import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Tool } from '../../demo/servers/tool.ts'
import { envValues, readDotenv } from '../../generators/stack/dotenv.ts'
import { dotenvLine } from '../../generators/stack/dotenv-line.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { needs } from '../servers/skipped.ts'
import { hostileFiles, hostileValues } from './dotenv-cases.ts'

test('every hostile file is read as Docker Compose reads it, or rejected like it', async (t) => {
  const compose = await composeIn(t)
  if (compose === null) return
  const cases = Object.entries(hostileFiles)
  let [accepted, rejected] = [0, 0]
  await inTurn(cases, async ([name, text]) => {
    const theirs = await compose(text)
    const file = readDotenv(text, (variable) => compose.outer[variable])
    const ours = file.problem === null ? printed({ ...Object.fromEntries(envValues(file)), ...compose.outer }) : null
    assert.deepEqual(ours, theirs, name)
    if (theirs === null) rejected++
    else accepted++
  })
  assert.ok(accepted >= 60 && rejected >= 10, `${accepted} accepted, ${rejected} rejected`)
})

test('every written value comes back out of Docker Compose, and out of the reader', async (t) => {
  const compose = await composeIn(t)
  if (compose === null) return
  const values = Object.fromEntries(hostileValues.map((value, i) => [`V${i}`, value]))
  const text = Object.entries(values)
    .map(([name, value]) => `${dotenvLine(name, value)}\n`)
    .join('')
  assert.deepEqual(Object.fromEntries(envValues(readDotenv(text))), values)
  assert.equal(await compose(text), printed({ ...values, ...compose.outer }))
})

test('a rejected file is explained with its line, and without any of its text', () => {
  const problems = Object.values(hostileFiles).flatMap((text) => readDotenv(text).problem ?? [])
  assert.ok(problems.length > 10)
  for (const { wrong } of problems) assert.doesNotMatch(wrong, /secret|HEAD|this is text/)
  assert.deepEqual(readDotenv('A=1\n\nGRAFANA_PASSWORD="hunter2\nB=2\n').problem, {
    line: 3,
    wrong: 'the quote (") at the start of the value is never closed',
  })
  assert.deepEqual(readDotenv('A=1\nB=pa${wo').problem, {
    line: 2,
    wrong: 'a `${` is not the start of a variable: if the `$` is part of the value, put the value in single quotes',
  })
})

/** What `config --environment` prints. */
const printed = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .join('\n')

async function composeIn(t: TestContext) {
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return null
  const folder = temporaryFolder(t)
  writeFileSync(join(folder, 'docker-compose.yaml'), 'name: x\nservices: {a: {image: b}}\n')
  const outer = { COMPOSE_PROJECT_NAME: 'x', OUTER: 'outside', PATH: '/usr/bin:/bin', PWD: folder }
  let count = 0
  const run = (text: string) => {
    const file = join(folder, `${count++}.env`)
    writeFileSync(file, text)
    return environmentOf(tools['docker-compose'], folder, file, outer)
  }
  return Object.assign(run, { outer: outer as Readonly<Record<string, string>> })
}

/** The environment that Compose computes, in one order; null if it rejects the file. */
const environmentOf = (tool: Tool, folder: string, file: string, env: NodeJS.ProcessEnv): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(
      tool.path,
      [...tool.args, '--env-file', file, 'config', '--environment'],
      { cwd: folder, env, maxBuffer: 1 << 24 },
      (error, stdout) => resolve(error === null ? stdout.replace(/\n$/, '') : null),
    )
  })

/** A few at a time: each starts a process. */
async function inTurn<T>(all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all]
  await Promise.all(
    [1, 2].map(async () => {
      for (let next = rest.shift(); next !== undefined; next = rest.shift()) await run(next)
    }),
  )
}

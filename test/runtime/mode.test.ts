import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const bot = fileURLToPath(new URL('./careless-bot.ts', import.meta.url))

/** What a bot that counts backwards comes to with these variables and none of a test runner's. */
async function outcome(env: Readonly<Record<string, string>>): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['NODE_TEST_CONTEXT', 'VITEST', 'JEST_WORKER_ID', 'NODE_ENV'].includes(name),
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', bot], {
    env: { ...Object.fromEntries(inherited), ...env },
  })
  return stdout.trim()
}

test('only a test runner makes it strict, whatever NODE_ENV says', async () => {
  const table: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{}, 'went on'],
    [{ NODE_ENV: 'development' }, 'went on'],
    [{ NODE_ENV: 'test' }, 'went on'],
    [{ NODE_TEST_CONTEXT: 'child-v8' }, 'threw'],
    [{ VITEST: 'true' }, 'threw'],
    [{ JEST_WORKER_ID: '1' }, 'threw'],
  ]
  const outcomes = await Promise.all(table.map(([env]) => outcome(env)))
  assert.deepEqual(
    outcomes,
    table.map(([, expected]) => expected),
  )
})

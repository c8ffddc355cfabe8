import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const bot = fileURLToPath(new URL('./careless-bot.ts', import.meta.url))

/** What happens to a bot with a negative increment under these variables and without a test runner's. */
async function outcome(env: Readonly<Record<string, string>>): Promise<string> {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !['NODE_TEST_CONTEXT', 'VITEST', 'JEST_WORKER_ID', 'NODE_ENV'].includes(name),
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', bot], {
    env: { ...Object.fromEntries(inherited), ...env },
  })
  return stdout.trim()
}

test('strict mode is the default only under a test runner, regardless of NODE_ENV', async () => {
  const table: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [{}, 'continued'],
    [{ NODE_ENV: 'development' }, 'continued'],
    [{ NODE_ENV: 'test' }, 'continued'],
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

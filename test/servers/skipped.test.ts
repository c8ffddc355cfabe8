import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { scratch } from './fake-archive.ts'
import { needsOn } from './skipped.ts'

const advice =
  'install promtool 3.0.0 or newer and put it on PATH (https://prometheus.io/download/; macOS: brew install prometheus)'

test('a test whose tool is not available is skipped with what to install, and the list has a line for it', async (t) => {
  const list = join(scratch(t), 'skipped')
  const { code, output } = await runTestThatNeeds(t, 'promtool', { BOTWATCH_SKIPPED: list })
  assert.equal(code, 0, output)
  assert.match(output, new RegExp(`# SKIP needs promtool: ${advice.replace(/[().]/g, '\\$&')}`))
  assert.deepEqual(JSON.parse(readFileSync(list, 'utf8')), {
    test: 'checks rules',
    missing: ['promtool'],
    install: [advice],
  })
})

test('without the list the test is still skipped', async (t) => {
  const { code, output } = await runTestThatNeeds(t, 'promtool', {})
  assert.equal(code, 0, output)
  assert.match(output, /# SKIP needs promtool: install promtool/)
})

test('with CI=true it fails, and says what was tried', async (t) => {
  const { code, output } = await runTestThatNeeds(t, 'promtool', { CI: 'true' })
  assert.equal(code, 1, output)
  assert.match(output, /checks rules needs promtool: install promtool 3\.0\.0 or newer/)
  assert.match(output, /promtool: PATH: no promtool/)
})

async function runTestThatNeeds(t: TestContext, tool: string, env: Readonly<Record<string, string>>) {
  const folder = scratch(t)
  const file = join(folder, 'some.test.ts')
  const machine = join(import.meta.dirname, '../../demo/servers/machine.ts')
  const skipped = join(import.meta.dirname, 'skipped.ts')
  writeFileSync(
    file,
    `import { test } from 'node:test'
import { thisMachine } from ${JSON.stringify(machine)}
import { ${needsOn.name} } from ${JSON.stringify(skipped)}
const machine = thisMachine({ path: '/nowhere', toolsDir: ${JSON.stringify(join(folder, 'tools'))}, online: false, log: () => {} })
test('checks rules', async (t) => {
  const tools = await ${needsOn.name}(machine, t, '${tool}')
  if (!tools) return
  throw new Error('it ran')
})
`,
  )
  const { CI: _ci, BOTWATCH_SKIPPED: _list, NODE_TEST_CONTEXT: _context, ...rest } = process.env
  const program = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file], { env: { ...rest, ...env } })
  let output = ''
  for (const stream of [program.stdout, program.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => (output += chunk))
  const [code] = (await once(program, 'close')) as [number]
  return { code, output }
}

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { project } from './project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const usage = /^botwatch: typed definitions .*\n\nusage: botwatch <command> \[options\]\n/

test('--help prints how it is used, --version the version', async () => {
  const { run } = project()
  for (const args of [['--help'], ['-h'], ['generate', '--help'], ['no-such-command', '--help']]) {
    const { status, stdout, stderr } = await run(...args)
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' })
    assert.match(stdout, usage)
  }
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }
  assert.deepEqual(await run('--version'), { status: 0, stdout: `${version}\n`, stderr: '' })
})

const refused = [
  ['no command', [], 'what shall it do?'],
  ['an unknown command', ['generat'], "there is no command 'generat'"],
  ['a command named like a property of every object', ['constructor'], "there is no command 'constructor'"],
  ['an unknown option', ['generate', '--chek'], "Unknown option '--chek'"],
  ['an option without its value', ['generate', '--bot'], "Option '--bot <value>' argument missing"],
  ['a value that an option does not take', ['generate', '--check=yes'], "Option '--check' does not take an argument"],
  ['a word behind the command', ['generate', 'mcbot'], "unexpected 'mcbot' behind generate"],
  ['an option of another command', ['up', '--check'], '--check belongs to generate, not to up'],
  [
    'an option of all commands but one',
    ['audit', '--bot', 'mcbot'],
    '--bot belongs to generate, up, apply, test-alert, preview, check, explain and verify, not to audit',
  ],
  ['an illegal name', ['generate', '--bot', 'A/B'], '--bot: a bot is named by small letters, digits and _'],
  ['an empty path', ['generate', '--out', ''], '--out: a path may not be empty'],
] as const

for (const [name, args, why] of refused)
  test(`${name} is refused with one sentence and the usage, and nothing is done`, async () => {
    const { run, tree } = project()
    const before = tree('.')
    const { status, stdout, stderr } = await run(...args)
    assert.equal(status, 2)
    assert.equal(stdout, '')
    assert.ok(stderr.startsWith(`botwatch: ${why}\n\n`), stderr)
    assert.match(stderr.slice(`botwatch: ${why}\n\n`.length), usage)
    assert.deepEqual(tree('.'), before)
  })

test('a reader that goes away early, as `head` does, is no failure', async () => {
  const { folder } = project()
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), `${root}generators/main.ts`, 'generate', '--check'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  child.stdout.destroy()
  const told = await new Response(child.stderr as never).text()
  const status = child.exitCode ?? (await new Promise((resolve) => child.once('close', resolve)))
  assert.equal(status, 1)
  assert.equal(
    told,
    '\nout/tiny is not what follows from the definitions: run `npm run generate` and commit the result.\n',
  )
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { CommandEntry } from '../../generators/command-line/command.ts'
import { runCommandLine } from '../../generators/command-line/run.ts'
import { commands } from '../../generators/commands/table.ts'
import { expectFile } from '../fixtures/expected.ts'
import { type ProcessResult, project } from './project.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const helpFolder = join(root, 'test/commands/help')

/** The real commands, except that they fail as soon as they run. */
const withoutWork: Readonly<Record<string, CommandEntry>> = Object.fromEntries(
  Object.entries(commands).map(([name, { does, load }]) => [
    name,
    {
      does,
      load: async () => ({ ...(await load()), run: () => Promise.reject(new Error(`${name} ran`)) }),
    },
  ]),
)

/** What the command line writes, without any command's work. */
async function written(...args: readonly string[]): Promise<ProcessResult> {
  let [stdout, stderr] = ['', '']
  const status = await runCommandLine(args, withoutWork, () => '1.2.3', {
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
  })
  return { status, stdout, stderr }
}

const helpFile = (name: string) => join(helpFolder, `${name}.txt`)

/** The arguments print the expected help of a command, or of botwatch itself. */
async function expectHelp(name: string, args: readonly string[]): Promise<void> {
  const { stdout, ...rest } = await written(...args)
  assert.deepEqual(rest, { status: 0, stderr: '' }, args.join(' '))
  expectFile(helpFile(name), stdout)
}

test('botwatch --help fits on one screen', async () => {
  const screen = (await written('--help')).stdout.split('\n')
  assert.ok(screen.length <= 24, `${screen.length} lines`)
  for (const args of [['--help'], ['-h'], ['help'], ['help', 'help'], ['help', '--help'], ['--help', 'generate']])
    await expectHelp('botwatch', args)
})

for (const name of Object.keys(commands))
  test(`botwatch ${name} --help explains its options`, async () => {
    for (const args of [
      [name, '--help'],
      [name, '-h'],
      ['help', name],
      [name, '--no-such-option', '--help'],
    ])
      await expectHelp(name, args)
  })

test('each expected help is that of a command, and no line of it is wider than 80 columns', () => {
  const names = readdirSync(helpFolder)
  assert.deepEqual(names.sort(), ['botwatch', ...Object.keys(commands)].map((name) => `${name}.txt`).sort())
  for (const name of names)
    assert.deepEqual(
      readFileSync(join(helpFolder, name), 'utf8')
        .split('\n')
        .filter((line) => line.length > 80),
      [],
    )
})

test('--version prints the version', async () => {
  assert.deepEqual(await written('--version'), { status: 0, stdout: '1.2.3\n', stderr: '' })
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }
  assert.deepEqual(await project().run('--version'), { status: 0, stdout: `${version}\n`, stderr: '' })
})

const notACommand = [
  ['an unknown command', ['generat'], 'unknown command generat; did you mean generate?'],
  ['an unknown command like none', ['deploy'], 'unknown command deploy'],
  ['an unknown command with --help', ['verfy', '--help'], 'unknown command verfy; did you mean verify?'],
  ['help on an unknown command', ['help', 'uo'], 'unknown command uo; did you mean up?'],
  ['a command named like a property of every object', ['constructor'], 'unknown command constructor'],
  ['an empty command', [''], "unknown command ''"],
  ['a command of several words', ['generate --check'], "unknown command 'generate --check'"],
  ['an unknown option', ['--hlep'], 'unknown option --hlep; did you mean --help?'],
  ['an option before the command', ['--bot', 'mcbot', 'check'], 'options go after the command: botwatch check --bot'],
] as const

for (const [name, args, why] of notACommand)
  test(`${name} prints one line and where to read on`, async () => {
    assert.deepEqual(await written(...args), {
      status: 2,
      stdout: '',
      stderr: `botwatch: ${why}\nsee botwatch --help\n`,
    })
  })

const url = 'http://127.0.0.1:8000/metrics'

const misuses = [
  ['an unknown option', 'generate --chek', 'unknown option --chek; did you mean --check?'],
  ['an unknown option with a value', 'check --strickt=yes', 'unknown option --strickt; did you mean --strict?'],
  ['an unknown option like none', 'up --detach', 'unknown option --detach'],
  ['an option of another command', 'up --check', 'unknown option --check'],
  ['an option of code', 'audit --tokenFile x', 'unknown option --tokenFile; did you mean --token-file?'],
  ['a mistyped --help', 'check --hepl', 'unknown option --hepl; did you mean --help?'],
  ['an unknown letter', 'generate -f', 'unknown option -f'],
  ['a property of every object', 'generate --constructor', 'unknown option --constructor'],
  ['an option without its value', 'generate --bot', '--bot needs a value: --bot NAME'],
  [
    'an option in the place of a value',
    'generate --bot --check',
    '--bot needs a value, but --check follows; if that is the value, write --bot=--check',
  ],
  ['a value for a flag', 'generate --check=yes', "--check takes no value, but was given 'yes'"],
  ['an argument too many', 'generate mcbot', 'unexpected argument mcbot'],
  ['an argument too many after --', 'generate -- --check', 'unexpected argument --check'],
  ['a second argument', 'quiet 15m 5m', 'unexpected argument 5m'],
  ['a choice that is mistyped', 'check --format jsn', "invalid value 'jsn' for --format; did you mean json?"],
  [
    'a choice that does not exist',
    'check --format xml',
    "invalid value 'xml' for --format: expected text, json, sarif or github",
  ],
  [
    'a choice of another command',
    `verify ${url} --format json`,
    "invalid value 'json' for --format: expected text or openmetrics",
  ],
  [
    "a name that is not a bot's",
    'generate --bot A/B',
    "invalid value 'A/B' for --bot: expected a bot's name: lower-case letters, digits and _",
  ],
  ['an empty path', 'generate --out=', "invalid value '' for --out: expected the path of a folder"],
  ['an empty argument', 'verify  --json', "invalid value '' for URL|FILE: expected a URL or the path of a file"],
  [
    'no duration',
    `verify ${url} --watch --within 5`,
    "invalid value '5' for --within: expected a duration such as 30s or 5m",
  ],
  [
    'no time at all',
    `verify ${url} --watch --within 0s`,
    "invalid value '0s' for --within: expected a duration such as 30s or 5m",
  ],
  [
    'a duration in words',
    'explain --for=five_minutes up',
    "invalid value 'five_minutes' for --for: expected a duration such as 0s or 5m",
  ],
  ['an option without the one that it needs', `verify ${url} --within 5m`, '--within needs --watch'],
  [
    'an option that is required',
    'audit --rules rules',
    'no --metrics given: pass a /metrics URL, a saved scrape, or a Prometheus URL',
  ],
  [
    'one wrong value of several',
    'audit --metrics a --metrics= --rules x',
    "invalid value '' for --metrics: expected a URL or the path of a file",
  ],
  [
    'a window that is not a duration',
    'audit --metrics a --window long',
    "invalid value 'long' for --window: expected a duration such as 6h or 1d",
  ],
  [
    'an address without a scheme',
    'preview --prometheus localhost:9090',
    "invalid value 'localhost:9090' for --prometheus: expected a URL such as http://127.0.0.1:9090",
  ],
  [
    'a port that does not exist',
    'preview --port 65536',
    "invalid value '65536' for --port: expected a whole number from 0 to 65535",
  ],
  ['no command to watch', 'watchdog', "missing the bot's command, e.g. botwatch watchdog -- node bot.js"],
  ['a command without --', 'watchdog node bot.js', 'unexpected argument node: the command goes after --'],
  [
    'an unknown option before a command',
    'watchdog --helth x -- node',
    'unknown option --helth; did you mean --health?',
  ],
  [
    'half a restart',
    'watchdog --restarts 1.5 -- node',
    "invalid value '1.5' for --restarts: expected a whole number from 0 to 1000",
  ],
  [
    'a number for a duration',
    'watchdog --silent 3 -- node',
    "invalid value '3' for --silent: expected a duration such as 30s or 3m",
  ],
  [
    'a name for a URL',
    'watchdog --health localhost -- node',
    "invalid value 'localhost' for --health: expected a URL such as http://127.0.0.1:8000/healthz",
  ],
  [
    'an address without a port',
    'watchdog --listen 127.0.0.1 -- node',
    "invalid value '127.0.0.1' for --listen: expected a port, or an address such as 127.0.0.1:9101",
  ],
  [
    'a port above all ports',
    'watchdog --listen 70000 -- node',
    "invalid value '70000' for --listen: expected a port, or an address such as 127.0.0.1:9101",
  ],
] as const

for (const [name, line, why] of misuses)
  test(`${name} prints one line and where to read on: botwatch ${line}`, async () => {
    const args = line.split(' ')
    assert.deepEqual(await written(...args), {
      status: 2,
      stdout: '',
      stderr: `botwatch ${args[0]}: ${why}\nsee botwatch ${args[0]} --help\n`,
    })
  })

const together = [
  [['verify'], 'missing URL or file, e.g. botwatch verify http://127.0.0.1:8000/metrics'],
  [['verify', url, 'metrics.txt'], 'unexpected argument metrics.txt: only with --log may there be several files'],
  [
    ['verify', 'metrics.txt', '--bot', 'tiny', '--contract', 'contract.json'],
    '--bot and --contract cannot be used together: each names a contract',
  ],
  [
    ['audit', '--metrics', 'metrics.txt'],
    "nothing to audit: pass --rules 'rules/*.yml', --dashboards 'dashboards/*.json', or both",
  ],
  [['explain'], "missing expression, e.g. botwatch explain 'sum(up)'"],
] as const

test('errors of the command itself end in the same way and change nothing', async () => {
  const { run, tree } = project()
  const before = tree('.')
  for (const [args, why] of together)
    assert.deepEqual(await run(...args), {
      status: 2,
      stdout: '',
      stderr: `botwatch ${args[0]}: ${why}\nsee botwatch ${args[0]} --help\n`,
    })
  assert.deepEqual(await run(), { status: 2, stdout: '', stderr: 'botwatch: no command given; see botwatch --help\n' })
  assert.deepEqual(await run('generate', '--chek'), {
    status: 2,
    stdout: '',
    stderr: 'botwatch generate: unknown option --chek; did you mean --check?\nsee botwatch generate --help\n',
  })
  assert.deepEqual(tree('.'), before)
})

test('a reader that closes the pipe early, such as `head`, is not a failure', async () => {
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
  assert.equal(told, 'botwatch generate: out/tiny is out of date: run `npm run generate` and commit the result.\n')
})

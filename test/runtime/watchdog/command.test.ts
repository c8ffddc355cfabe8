import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startAlertmanager } from '../../../demo/servers/start.ts'
import { ended } from '../../commands/project.ts'
import { needs } from '../../servers/skipped.ts'
import * as bots from './bots.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const watchdog = ['--import', import.meta.resolve('tsx'), join(root, 'generators/main.ts'), 'watchdog']
const run = (...args: readonly string[]) => ended(process.execPath, [...watchdog, ...args], root)

test('on giving up, Alertmanager hears of it, the exit code says so, and a bot that is healthy again ends the alert', async (t) => {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-watchdog-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'alertmanager.yml'), 'route: { receiver: nobody }\nreceivers: [{ name: nobody }]\n')
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    configFile: join(folder, 'alertmanager.yml'),
    dataDir: join(folder, 'data'),
  })
  t.after(alertmanager.stop)
  const firing = async () => {
    const response = await fetch(`${alertmanager.url}/api/v2/alerts`)
    return (await response.json()) as { labels: object; annotations: Record<string, string>; endsAt: string }[]
  }
  const told = ['--pause', '5ms', '--alertmanager', alertmanager.url, '--bot', 'tiny', '--env', 'live']

  const { status, stderr } = await run(...told, '--restarts', '1', '--', ...bots.crashing)
  assert.equal(status, 3, stderr)
  assert.match(stderr, /^watchdog: Alertmanager knows of it$/m)
  const [alert, ...others] = await firing()
  assert.deepEqual(others, [])
  assert.deepEqual(alert?.labels, {
    alertname: 'BotGivenUp',
    severity: 'critical',
    bot: 'tiny',
    env: 'live',
    instance: 'tiny',
  })
  assert.equal(alert?.annotations['summary'], 'tiny (live) is down for good: its watchdog gave up')
  assert.equal(
    alert?.annotations['description'],
    'the bot ended with code 4, after 1 restarts that did not keep it healthy for 600 s',
  )
  assert.ok(Date.parse(alert?.endsAt ?? '') > Date.now() + 23 * 3_600_000, 'it outlives the watchdog')

  const again = spawn(process.execPath, [
    ...watchdog,
    ...told,
    '--within',
    '300ms',
    '--listen',
    '0',
    '--',
    ...bots.lively,
  ])
  t.after(() => again.kill('SIGKILL'))
  const lines = createInterface({ input: again.stderr })
  const [line] = (await once(lines, 'line')) as [string]
  const metrics = async () => (await fetch(line.replace('watchdog: metrics: ', ''))).text()
  for (const until = Date.now() + 60_000; Date.now() < until && (await firing()).length > 0; );
  assert.deepEqual(await firing(), [])
  assert.match(await metrics(), /^botwatch_watchdog_running 1$/m)
  const closed = once(again, 'close')
  again.kill('SIGTERM')
  assert.deepEqual((await closed)[0], 0)
})

test('the bot’s own output, options and last words go through, and its good end is the watchdog’s', async () => {
  const bot = [process.execPath, '-e', 'console.log(process.argv.slice(1).join(" "))', '--', '--help', '-x']
  const { status, stdout, stderr } = await run('--restarts', '0', '--', ...bot)
  assert.deepEqual({ status, stdout }, { status: 0, stdout: '--help -x\n' })
  assert.equal(
    stderr,
    'watchdog: nobody is told when it gives up: name an --alertmanager\n' +
      'watchdog: the bot ended with code 0: it was asked to, and is not started again\n',
  )
})

test('a reader of the output that has stopped reading stops neither the bot nor the end', async (t) => {
  const child = spawn(process.execPath, [...watchdog, '--', ...bots.talkative(5_000_000)], { cwd: root })
  t.after(() => child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number]
  assert.equal(code, 0)
})

test('a bot whose watchdog was killed learns of it, so that no second bot runs beside it', async (t) => {
  const bot = ['--import', import.meta.resolve('tsx'), join(import.meta.dirname, 'orphan.ts')]
  const child = spawn(process.execPath, [...watchdog, '--', process.execPath, ...bot], { cwd: root })
  t.after(() => child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })
  const [line] = (await once(lines, 'line')) as [string]
  const pid = Number(line.replace('alive ', ''))
  t.after(() => {
    if (runs(pid)) process.kill(pid, 'SIGKILL')
  })
  assert.ok(runs(pid))
  child.kill('SIGKILL')
  for (const until = Date.now() + 60_000; Date.now() < until && runs(pid); await delay(20));
  assert.equal(runs(pid), false)
})

/** Whether a process is there, and is no entry that only waits to be collected. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z /.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '')
  } catch {
    return false
  }
}

test('what Alertmanager does not take is said, and the exit code stays', async () => {
  const { status, stderr } = await run(
    ...['--restarts', '0', '--alertmanager', 'http://127.0.0.1:9', '--bot', 'tiny', '--env', 'live'],
    ...['--', ...bots.crashing],
  )
  assert.equal(status, 3)
  assert.match(stderr, /^watchdog: nobody could be told: Alertmanager does not answer at 127\.0\.0\.1:9: /m)
})

const refused = [
  ['no command', [], 'watch what? Name the command behind --, such as -- node bot.js'],
  ['a command without --', ['node', 'bot.js'], "Unexpected argument 'node'"],
  ['an unknown option', ['--helth', 'x', '--', 'node'], "Unknown option '--helth'"],
  ['no duration', ['--silent', '3', '--', 'node'], '--silent: expected a duration such as 30s or 3m'],
  ['half a restart', ['--restarts', '1.5', '--', 'node'], '--restarts: expected a whole number'],
  ['no URL', ['--health', 'localhost', '--', 'node'], '--health: expected a URL such as http://127.0.0.1:8000/healthz'],
  ['no port', ['--listen', '70000', '--', 'node'], '--listen: a port is at most 65535'],
  [
    'an Alertmanager without a bot',
    ['--alertmanager', 'http://127.0.0.1:9', '--', 'node'],
    '--alertmanager hears of a bot of an environment: name both, such as --bot mcbot --env live',
  ],
  [
    'a bot without an Alertmanager',
    ['--bot', 'mcbot', '--', 'node'],
    '--bot, --env and --instance say whose alert it is: name an --alertmanager too',
  ],
] as const

for (const [name, args, why] of refused)
  test(`${name} is refused with a sentence and the usage`, async () => {
    const { status, stdout, stderr } = await run(...args)
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' })
    assert.ok(stderr.startsWith(`botwatch: ${why}`), stderr)
    assert.match(stderr, /\n\nbotwatch watchdog: starts a bot/)
  })

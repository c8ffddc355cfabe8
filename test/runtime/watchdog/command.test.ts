import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startAlertmanager } from '../../../demo/servers/start.ts'
import { runToEnd } from '../../commands/project.ts'
import { needs } from '../../servers/skipped.ts'
import * as bots from './bots.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const watchdog = ['--import', import.meta.resolve('tsx'), join(root, 'generators/main.ts'), 'watchdog']
const run = (...args: readonly string[]) => runToEnd(process.execPath, [...watchdog, ...args], root)

test('giving up sends an alert to Alertmanager and sets the exit code; a bot that is healthy again resolves the alert', async (t) => {
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

  const { status, stderr } = await run(...told, '--restarts', '1', '--', ...bots.crashingBot)
  assert.equal(status, 3, stderr)
  assert.match(
    stderr,
    /^watchdog: --env live is not checked: there is no out\/tiny\/contract\.json; name the bot's contract with --contract$/m,
  )
  assert.match(stderr, /^watchdog: Alertmanager was notified$/m)
  const [alert, ...others] = await firing()
  assert.deepEqual(others, [])
  assert.deepEqual(alert?.labels, {
    alertname: 'BotGivenUp',
    severity: 'critical',
    bot: 'tiny',
    env: 'live',
    instance: 'tiny',
    evaluator: 'watchdog',
  })
  assert.equal(alert?.annotations['summary'], 'tiny (live) is down: its watchdog gave up restarting it')
  assert.equal(
    alert?.annotations['description'],
    'the bot exited with code 4, and no restart is left (limit 1, reset after 600 s of uninterrupted health)',
  )
  assert.ok(Date.parse(alert?.endsAt ?? '') > Date.now() + 23 * 3_600_000, 'it outlives the watchdog')

  const again = spawn(process.execPath, [
    ...watchdog,
    ...told,
    '--within',
    '300ms',
    ...['--listen', '0', '--hosts', 'bots.example.org,tradebox.lan'],
    '--',
    ...bots.livelyBot,
  ])
  t.after(() => again.kill('SIGKILL'))
  const lines = createInterface({ input: again.stderr })
  const [line] = (await once(lines, 'line')) as [string]
  const metrics = async () => (await fetch(line.replace('watchdog: metrics: ', ''))).text()
  for (const until = Date.now() + 60_000; Date.now() < until && (await firing()).length > 0; );
  assert.deepEqual(await firing(), [])
  assert.match(await metrics(), /^botwatch_watchdog_running 1$/m)
  const statusFor = async (host: string) => {
    const asked = get(line.replace('watchdog: metrics: ', ''), { headers: { host }, agent: false })
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
    return response.statusCode
  }
  assert.equal(await statusFor('bots.example.org:9101'), 200)
  assert.equal(await statusFor('evil.example:9101'), 421)
  const closed = once(again, 'close')
  again.kill('SIGTERM')
  assert.deepEqual((await closed)[0], 0)
})

test('the bot’s options and output are passed through, and if it exits with 0 so does the watchdog', async () => {
  const bot = [process.execPath, '-e', 'console.log(process.argv.slice(1).join(" "))', '--', '--help', '-x']
  const { status, stdout, stderr } = await run('--restarts', '0', '--', ...bot)
  assert.deepEqual({ status, stdout }, { status: 0, stdout: '--help -x\n' })
  assert.equal(
    stderr,
    'watchdog: no --alertmanager given: no alert is sent if the watchdog gives up\n' +
      'watchdog: the bot exited with code 0: not restarting it\n',
  )
})

test('an output reader that has stopped reading blocks neither the bot nor the exit', async (t) => {
  const child = spawn(process.execPath, [...watchdog, '--', ...bots.talkativeBot(5_000_000)], { cwd: root })
  t.after(() => child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number]
  assert.equal(code, 0)
})

test('a bot whose watchdog was killed is notified, so that no second bot runs next to it', async (t) => {
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

/** Whether a process is running and not a zombie. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z /.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '')
  } catch {
    return false
  }
}

test('a failed notification of Alertmanager is reported, and the exit code stays the same', async () => {
  const { status, stderr } = await run(
    ...['--restarts', '0', '--alertmanager', 'http://127.0.0.1:9', '--bot', 'tiny', '--env', 'live'],
    ...['--', ...bots.crashingBot],
  )
  assert.equal(status, 3)
  assert.match(
    stderr,
    /^watchdog: Alertmanager could not be notified: Alertmanager did not respond at 127\.0\.0\.1:9: /m,
  )
})

const refused = [
  [
    'an Alertmanager without a bot',
    ['--alertmanager', 'http://127.0.0.1:9'],
    '--alertmanager needs --bot and --env, e.g. --bot mcbot --env live',
  ],
  ['a bot without an Alertmanager', ['--bot', 'mcbot'], '--bot, --env and --instance need --alertmanager'],
  [
    'an environment that the bot does not have',
    ['--alertmanager', 'http://127.0.0.1:9', '--bot', 'mcbot', '--env', 'prod'],
    '--env prod: mcbot has no such environment, only paper and live (out/mcbot/contract.json)',
  ],
  [
    'a bot that the named contract is not of',
    [
      ...['--alertmanager', 'http://127.0.0.1:9', '--bot', 'tiny', '--env', 'live'],
      ...['--contract', 'out/mcbot/contract.json'],
    ],
    '--bot tiny: out/mcbot/contract.json is the contract of mcbot',
  ],
  [
    'a contract that does not exist',
    [
      ...['--alertmanager', 'http://127.0.0.1:9', '--bot', 'mcbot', '--env', 'live'],
      ...['--contract', 'out/none/contract.json'],
    ],
    'out/none/contract.json: no such file; `botwatch generate` writes out/<bot>/contract.json',
  ],
] as const

for (const [name, args, why] of refused)
  test(`${name} is refused with a message, and nothing is started`, async () => {
    assert.deepEqual(await run(...args, '--', process.execPath, '-e', 'console.log("it ran")'), {
      status: 2,
      stdout: '',
      stderr: `botwatch watchdog: ${why}\nsee botwatch watchdog --help\n`,
    })
  })

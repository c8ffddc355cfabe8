import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager, startNodeExporter, startPrometheus } from '../../demo/servers/start.ts'
import { scratch } from './fake-archive.ts'
import { needs } from './skipped.ts'

test('Prometheus and Alertmanager start on the addresses in their files, find each other, and stop without a trace', async (t) => {
  const tools = await needs(t, 'prometheus', 'alertmanager')
  if (!tools) return
  const folder = scratch(t)
  const addresses = { prometheus: await freeAddress(), alertmanager: await freeAddress() }
  const alertmanagerFile = join(folder, 'alertmanager.yml')
  // the message uses one of Alertmanager's default templates: without them the file does not load
  writeFileSync(
    alertmanagerFile,
    `route: { receiver: telegram }
receivers:
  - name: telegram
    telegram_configs: [{ bot_token_file: /nowhere, chat_id_file: /nowhere, message: '{{ template "telegram.default.message" . }}' }]
`,
  )
  const prometheusFile = join(folder, 'prometheus.yml')
  writeFileSync(
    prometheusFile,
    `global: { scrape_interval: 1s }
scrape_configs: [{ job_name: self, static_configs: [{ targets: ['${addresses.prometheus}'] }] }]
alerting: { alertmanagers: [{ static_configs: [{ targets: ['${addresses.alertmanager}'] }] }] }
`,
  )
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    address: addresses.alertmanager,
    configFile: alertmanagerFile,
    dataDir: join(folder, 'alertmanager'),
  })
  t.after(() => alertmanager.stop())
  const prometheus = await startPrometheus({
    tool: tools.prometheus,
    address: addresses.prometheus,
    configFile: prometheusFile,
    dataDir: join(folder, 'prometheus'),
  })
  t.after(() => prometheus.stop())

  assert.equal(prometheus.url, `http://${addresses.prometheus}`)
  const known = await eventually(async () => {
    const response = await fetch(`${prometheus.url}/api/v1/alertmanagers`)
    const { data } = (await response.json()) as { data: { activeAlertmanagers: { url: string }[] } }
    return data.activeAlertmanagers[0]?.url
  })
  assert.equal(known, `${alertmanager.url}/api/v2/alerts`)
  assert.match(prometheus.log(), /Server is ready to receive web requests/)

  for (const server of [prometheus, alertmanager]) {
    await server.stop()
    await server.stop()
    assert.equal(await server.exited, 'exited with code 0', server.name)
    assert.throws(() => process.kill(server.pid, 0), { code: 'ESRCH' })
    await assert.rejects(fetch(server.url))
  }
})

test('a server that cannot start says why, with the last lines of its log', async (t) => {
  const tools = await needs(t, 'prometheus')
  if (!tools) return
  const folder = scratch(t)
  const configFile = join(folder, 'prometheus.yml')
  writeFileSync(configFile, 'global: { no_such_field: 1 }\n')
  await assert.rejects(
    startPrometheus({ tool: tools.prometheus, configFile, dataDir: join(folder, 'data') }),
    (error: Error) => {
      assert.match(error.message, /^prometheus exited with code \d+ before it was ready; the last lines of its log:\n/)
      assert.match(error.message, /field no_such_field not found/)
      return true
    },
  )
})

test('a server that is not ready in time is stopped, and the error says so', async (t) => {
  const tools = await needs(t, 'node_exporter')
  if (!tools) return
  const folder = scratch(t)
  mkdirSync(join(folder, 'bin'))
  const path = join(folder, 'bin/never-ready')
  writeFileSync(path, '#!/bin/sh\necho "pid $$"\nexec sleep 60\n', { mode: 0o755 })
  let pid = 0
  await assert.rejects(
    startNodeExporter({ tool: { ...tools.node_exporter, path }, readyWithin: 200 }),
    (error: Error) => {
      pid = Number(/pid (\d+)/.exec(error.message)?.[1])
      assert.match(
        error.message,
        /^node_exporter was not ready at 127\.0\.0\.1:\d+ within 200 ms; the last lines of its log:\n {2}pid \d+$/,
      )
      return true
    },
  )
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' })
})

test('an address that is in use is an error if it was given explicitly', async (t) => {
  const tools = await needs(t, 'node_exporter')
  if (!tools) return
  const other = createServer().listen(0, '127.0.0.1')
  t.after(() => other.close())
  await once(other, 'listening')
  const taken = other.address()
  assert.ok(taken !== null && typeof taken === 'object')
  const address = `127.0.0.1:${taken.port}`
  await assert.rejects(startNodeExporter({ tool: tools.node_exporter, address }), /address already in use/)
})

test('a program leaves no server behind, however it exits', async (t) => {
  if (!(await needs(t, 'node_exporter'))) return
  const table: [string, (program: ChildProcess) => void, number | null, NodeJS.Signals | null][] = [
    ['SIGINT', (program) => program.kill('SIGINT'), null, 'SIGINT'],
    ['SIGTERM', (program) => program.kill('SIGTERM'), null, 'SIGTERM'],
    ['throw', () => {}, 1, null],
    ['exit', () => {}, 3, null],
  ]
  for (const [way, end, expectedCode, expectedSignal] of table) {
    const file = join(import.meta.dirname, 'parent.ts')
    const program = spawn(process.execPath, ['--import', 'tsx', file, way], { stdio: ['ignore', 'pipe', 'ignore'] })
    t.after(() => program.kill('SIGKILL'))
    const [line] = (await once(program.stdout.setEncoding('utf8'), 'data')) as [string]
    const { url } = JSON.parse(line) as { url: string }
    const ended = once(program, 'exit')
    end(program)
    assert.deepEqual(await ended, [expectedCode, expectedSignal], way)
    const gone = await eventually(() =>
      fetch(url).then(
        () => undefined,
        () => 'gone',
      ),
    )
    assert.equal(gone, 'gone', way)
  }
})

async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
    const answer = await ask()
    if (answer !== undefined) return answer
  }
  return undefined
}

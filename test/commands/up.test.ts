import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { applyStack } from '../../generators/commands/apply.ts'
import { engineProblem, findCompose } from '../../generators/commands/docker-compose.ts'
import { readStack } from '../../generators/commands/stack-config.ts'
import { paperBotFolder } from '../../generators/commands/stacks.ts'
import { sendTestAlerts } from '../../generators/commands/test-alert.ts'
import { bringUp } from '../../generators/commands/up.ts'
import { composeWithoutEngine } from './compose-without-engine.ts'
import { stackFolder } from './stack-folder.ts'

const advice = 'Install Docker with its Compose plugin: https://docs.docker.com/compose/install/'

test('without Docker Compose the error is one sentence', async () => {
  assert.deepEqual(await findCompose({ PATH: '/nonexistent' }), { wrong: `Docker Compose was not found. ${advice}` })
})

test('an old Docker Compose is rejected', async (t) => {
  const folder = await stackFolder(t)
  writeFileSync(join(folder, 'docker-compose'), '#!/bin/sh\necho 2.20.3\n', { mode: 0o755 })
  assert.deepEqual(await findCompose({ PATH: `${folder}:/bin` }), {
    wrong: `Docker Compose 2.20.3 is too old: the stack needs 2.23.1 or newer. ${advice}`,
  })
})

test('without a container engine the error is one sentence', async (t) => {
  const compose = await composeWithoutEngine(t)
  if (compose === null) return
  const fault = await engineProblem(compose, '.')
  assert.match(
    fault?.wrong ?? '',
    /^no container engine answers: [^\n]*\. Start Docker \(or name another engine in DOCKER_HOST\), then try again\.$/,
  )
})

const settings: readonly (readonly [what: string, env: string, fault: (folder: string) => string])[] = [
  [
    'an environment that the bot does not have',
    'BOT_ENV=demo',
    (folder) => `${folder}/.env:2: BOT_ENV is 'demo', expected one of the bot's environments: paper, live.`,
  ],
  [
    'a target without a port',
    'BOT_TARGET=host.docker.internal',
    (folder) =>
      `${folder}/.env:2: BOT_TARGET is 'host.docker.internal', expected host:port, such as host.docker.internal:8000.`,
  ],
  [
    'a target with a path',
    'BOT_TARGET=http://bot:8000/metrics',
    (folder) =>
      `${folder}/.env:2: BOT_TARGET is 'http://bot:8000/metrics', expected host:port, such as host.docker.internal:8000.`,
  ],
  [
    "a target on Prometheus' own loopback",
    'BOT_TARGET=localhost:9000',
    (folder) =>
      `${folder}/.env:2: BOT_TARGET is 'localhost:9000', which inside Prometheus' container is the container itself; for a process on this machine use host.docker.internal:9000.`,
  ],
  [
    'a missing password',
    'GRAFANA_PASSWORD=',
    (folder) =>
      `${folder}/.env:2: there is no GRAFANA_PASSWORD, so nothing was started: add a line \`GRAFANA_PASSWORD=\` with a password of your choice, in single quotes. Existing files are never overwritten.`,
  ],
]
for (const [what, env, fault] of settings)
  test(`${what} is rejected before anything starts`, async (t) => {
    const compose = await composeWithoutEngine(t)
    if (compose === null) return
    const folder = await stackFolder(t)
    writeFileSync(join(folder, '.env'), `GRAFANA_PASSWORD=x\n${env}\n`, { mode: 0o600 })
    const said: string[] = []
    const faults = await bringUp({ bot: mcbot, folder, compose, say: (line) => said.push(line) }, { within: 1000 })
    assert.deepEqual(faults, [fault(folder)])
    assert.equal(readFileSync(join(folder, '.env'), 'utf8'), `GRAFANA_PASSWORD=x\n${env}\n`)
    assert.ok(said.every((line) => line.startsWith('wrote ') && line.includes('/secrets/')))
  })

test('apply and test-alert also reject an environment that the bot does not have', async (t) => {
  const compose = await composeWithoutEngine(t)
  if (compose === null) return
  const folder = await stackFolder(t)
  writeFileSync(join(folder, '.env'), 'GRAFANA_PASSWORD=x\nBOT_ENV=demo\n', { mode: 0o600 })
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const demo = "BOT_ENV is 'demo', expected one of the bot's environments: paper, live."
  assert.deepEqual(await applyStack({ bot: mcbot, folder, compose, say }, 1000), [`${folder}/.env:2: ${demo}`])
  const [alertmanager, relay] = ['http://127.0.0.1:1', 'http://127.0.0.1:2']
  assert.deepEqual(await sendTestAlerts({ bot: mcbot, folder, env: 'demo', alertmanager, relay, say }), [
    `${folder}/.env: ${demo}`,
  ])
  assert.deepEqual(said, [])
})

test('a folder that was not generated says so', async (t) => {
  const compose = await composeWithoutEngine(t)
  if (compose === null) return
  const folder = await stackFolder(t)
  rmSync(join(folder, 'docker-compose.yaml'))
  const sentence = `${folder} has no docker-compose.yaml: run \`make generate\` first.`
  assert.deepEqual(await bringUp({ bot: mcbot, folder, compose, say: () => {} }, { within: 1000 }), [sentence])
  assert.deepEqual(await readStack(compose, folder), { wrong: sentence })
})

test('the addresses of the servers follow from the stack and .env', async (t) => {
  const compose = await composeWithoutEngine(t)
  if (compose === null) return
  const folder = await stackFolder(t)
  writeFileSync(
    join(folder, '.env'),
    'GRAFANA_PASSWORD=x\nBOT_ENV=live\nBOT_IMAGE=me/bot:1\nCOMPOSE_PROFILES=bot-from-image\nPROMETHEUS_PORT=19090\n',
  )
  const config = await readStack(compose, folder)
  assert.ok(!('wrong' in config))
  assert.deepEqual(
    { ...config, services: [...config.services].sort() },
    {
      project: 'botwatch-mcbot',
      services: ['alertmanager', 'bot', 'grafana', 'node-exporter', 'prometheus', 'relay'],
      addresses: {
        alertmanager: 'http://127.0.0.1:9093',
        bot: 'http://127.0.0.1:8000',
        grafana: 'http://127.0.0.1:3000',
        'node-exporter': 'http://127.0.0.1:9100',
        prometheus: 'http://127.0.0.1:19090',
        relay: 'http://127.0.0.1:9095',
      },
      env: 'live',
      instance: 'mcbot',
      target: 'bot:8000',
      image: 'me/bot:1',
    },
  )
})

test('the paper bot is found in the clone, and not elsewhere', () => {
  assert.equal(paperBotFolder('mcbot'), join(import.meta.dirname, '../..'))
  assert.equal(paperBotFolder('no_such_bot'), null)
  assert.equal(paperBotFolder('mcbot', '/'), null)
})

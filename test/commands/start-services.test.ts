import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../definitions/mcbot/index.ts'
import { takeDown } from '../../generators/commands/down.ts'
import { startServices } from '../../generators/commands/start-services.ts'
import { bringUp } from '../../generators/commands/up.ts'
import { composeStandIn } from './compose-stand-in.ts'
import { stackFolder } from './stack-folder.ts'

const healthy = ['prometheus', 'alertmanager', 'grafana', 'node-exporter'].map((Service) => ({
  Service,
  State: 'running',
  Health: 'healthy',
}))
const crashing = { Service: 'paper-bot', State: 'restarting', ExitCode: 1 }

test('a paper bot that keeps exiting is named with its last lines, while Compose is still waiting', async (t) => {
  const stack = await standInStack(t)
  if (stack === null) return
  const { engine, folder, said } = stack
  // as Compose does until a service that others depend on is healthy
  engine.up('exec sleep 500')
  engine.runs([...healthy, crashing])
  engine.logs('paper-bot', ['Error: Cannot find module', '', '  at demo/mcbot/main.ts'])
  assert.deepEqual(await bringUp(stack, { within: 60_000 }), [
    `the service paper-bot of mcbot keeps exiting (exit code 1). Its last lines (\`docker compose logs paper-bot\` in ${folder}):
  | Error: Cannot find module
  |   at demo/mcbot/main.ts`,
  ])
  assert.ok(said.every((line) => !line.startsWith('monitoring ')))
  assert.deepEqual(engine.calls(), ['--profile * rm --stop --force bot', 'up --detach --remove-orphans'])
})

test('a service whose health check fails is named', async (t) => {
  const stack = await standInStack(t)
  if (stack === null) return
  stack.engine.runs([...healthy, { Service: 'paper-bot', State: 'running', Health: 'unhealthy' }])
  assert.deepEqual(await startServices(stack, ['prometheus', 'paper-bot'], [], 60_000), [
    `the service paper-bot of mcbot runs, but its health check fails. It has logged nothing (\`docker compose logs paper-bot\` in ${stack.folder}).`,
  ])
})

test('if Compose fails, the services that ended are named', async (t) => {
  const stack = await standInStack(t)
  if (stack === null) return
  stack.engine.up('exit 1')
  stack.engine.runs([{ Service: 'prometheus', State: 'exited', ExitCode: 2 }])
  stack.engine.logs('prometheus', ['bad config'])
  assert.deepEqual(await startServices(stack, ['prometheus', 'grafana'], [], 60_000), [
    'not all of the stack of mcbot started: see the output of Docker Compose above.',
    `the service prometheus of mcbot keeps exiting (exit code 2). Its last lines (\`docker compose logs prometheus\` in ${stack.folder}):\n  | bad config`,
  ])
})

test('healthy services are enough, and one restart is not a failure', async (t) => {
  const stack = await standInStack(t)
  if (stack === null) return
  stack.engine.runs([...healthy, { Service: 'paper-bot', State: 'running', Health: 'healthy' }])
  assert.deepEqual(await startServices(stack, ['grafana', 'paper-bot'], [], 60_000), [])
})

const broken: readonly (readonly [what: string, env: string | null, project: string])[] = [
  ['without .env', null, 'botwatch-mcbot'],
  ['with an empty password', 'GRAFANA_PASSWORD=\n', 'botwatch-mcbot'],
  ['with a quote that is never closed', 'COMPOSE_PROJECT_NAME=mine\nGRAFANA_PASSWORD="x\n', 'mine'],
]
for (const [what, env, project] of broken)
  test(`down works ${what}`, async (t) => {
    const stack = await standInStack(t, env)
    if (stack === null) return
    assert.deepEqual(await takeDown(stack), [])
    assert.deepEqual(stack.engine.calls(), [`--project-name ${project} down --remove-orphans`])
    assert.deepEqual(stack.said, [
      `the stack of mcbot is stopped; its data stays in the volumes of the project ${project}`,
    ])
  })

async function standInStack(t: TestContext, env: string | null = 'GRAFANA_PASSWORD=x\n') {
  const engine = await composeStandIn(t)
  if (engine === null) return null
  const folder = await stackFolder(t)
  if (env !== null) writeFileSync(join(folder, '.env'), env, { mode: 0o600 })
  const said: string[] = []
  return { engine, bot: mcbot, folder, compose: engine.compose, said, say: (line: string) => void said.push(line) }
}

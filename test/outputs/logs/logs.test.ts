import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { containerTopology } from '../../../generators/model/topology.ts'
import { composeOutput } from '../../../generators/outputs/compose/compose.ts'
import { dockerfilesOutput } from '../../../generators/outputs/compose/dockerfiles.ts'
import { environmentOutput } from '../../../generators/outputs/compose/environment.ts'
import { provisioningOutput } from '../../../generators/outputs/grafana/provisioning.ts'
import { logsOutput } from '../../../generators/outputs/logs/logs.ts'
import { prometheusOutput } from '../../../generators/outputs/prometheus/prometheus.ts'
import { runbooksOutput } from '../../../generators/outputs/runbooks/runbooks.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { readYaml, yaml } from '../../../generators/text/yaml.ts'
import { expectFolder } from '../../fixtures/expected.ts'
import { logsBot } from '../../fixtures/logs-bot.ts'
import { runTool, temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { modelOf, smallBot } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

const { model } = resolve(logsBot, containerTopology)
const logServices = ['grafana-plugin', 'victoria-logs', 'vlagent', 'vmalert']

interface Stack {
  readonly services: Readonly<Record<string, { readonly volumes?: readonly unknown[]; readonly environment?: object }>>
  readonly volumes: object
}
const stackOf = (of: typeof model) => readYaml(composeOutput(of).get('docker-compose.yaml') ?? '') as Stack

test('the rules on lines and the services of a log, in full', () => {
  const { services, volumes } = stackOf(model)
  const environment = environmentOutput(model).get('.env.example') ?? ''
  expectFolder(
    join(import.meta.dirname, 'expected'),
    new Map([
      ...logsOutput(model),
      ['services.yml', yaml(Object.fromEntries(logServices.map((name) => [name, services[name]])))],
      [
        'bots.yml',
        yaml(
          Object.fromEntries(
            ['paper-bot', 'bot'].map((name) => [
              name,
              { volumes: services[name]?.volumes?.slice(-1), environment: services[name]?.environment },
            ]),
          ),
        ),
      ],
      ['volumes.yml', yaml(volumes)],
      ['settings.env', environment.slice(environment.indexOf('# The log'), environment.indexOf('# The paper bot'))],
      ['datasource.yml', provisioningOutput(model).get('grafana/provisioning/datasources/logs.yml') ?? ''],
      ['Dockerfile.grafana', dockerfilesOutput(model).get('Dockerfile.grafana') ?? ''],
    ]),
  )
})

test('the runbook of MonitoringStopped says what to do if only the log is not watched', () => {
  const about = (of: typeof model) => {
    const text = runbooksOutput(of).get('runbooks/MonitoringStopped.md') ?? ''
    const from = text.indexOf('## If nothing watches the log')
    return from < 0 ? '' : text.slice(from, text.indexOf('## When it fires'))
  }
  assert.equal(
    about(model),
    `## If nothing watches the log

The message then says that nothing watches the log of tb, and the steps above are not those to take. vmalert does not answer, or evaluates nothing, as when VictoriaLogs is down. No alert on lines of the log can fire now, and none is reported as resolved. Alerts on metrics still work.

1. Run \`docker compose up -d vmalert victoria-logs\`: starts what is not running
2. Check the logs with \`docker compose logs --tail 50 vmalert victoria-logs\`: why did it stop?
3. Run \`botwatch logs --level warn --since 1h\`: what would its alerts have reported? If the store does not answer, read the bot’s own log file, which is complete
4. Check the disks with \`df -h\`: is the one of the store full?
5. Once it is back, alerts on lines look at their last window only and begin each \`for\` again: what happened before that is reported by nothing

`,
  )
  assert.equal(about(modelOf(smallBot())), '')
})

test('a bot without events gets none of it', () => {
  const small = modelOf(smallBot())
  const names = Object.keys(stackOf(small).services)
  assert.deepEqual(
    names.filter((name) => logServices.includes(name)),
    [],
  )
  assert.deepEqual([...logsOutput(small).keys()], [])
  assert.doesNotMatch(prometheusOutput(small).get('prometheus/prometheus.yml') ?? '', /vlagent|vmalert|victoria/)
  assert.doesNotMatch(environmentOutput(small).get('.env.example') ?? '', /LOGS/)
})

test('vmalert accepts the rules', async (t) => {
  const tools = await needs(t, 'vmalert')
  if (tools === undefined) return
  const folder = temporaryFolder(t)
  writeAll(folder, logsOutput(model))
  const { code, output } = await runTool(tools.vmalert, '-dryRun', `-rule=${folder}/logs/alerts.yml`)
  assert.equal(code, 0, output)
})

test('Compose accepts the stack, with a volume or a folder for the log', async (t) => {
  const tools = await needs(t, 'docker-compose')
  if (tools === undefined) return
  const folder = temporaryFolder(t)
  writeAll(folder, composeOutput(model))
  for (const [given, expected] of [
    ['', { type: 'volume', source: 'bot-logs', target: '/bot-logs', read_only: true, volume: {} }],
    ['/var/log/trading', { type: 'bind', source: '/var/log/trading', target: '/bot-logs', read_only: true }],
  ] as const) {
    writeFileSync(join(folder, '.env'), `GRAFANA_PASSWORD=x\nBOT_LOGS=${given}\n`)
    const asked = ['--project-directory', folder, '--profile', '*', 'config', '--format', 'json']
    const { code, output, stdout } = await runTool(tools['docker-compose'], ...asked)
    assert.equal(code, 0, output)
    const [mount] = (JSON.parse(stdout) as Stack).services['vlagent']?.volumes ?? []
    const { bind: _, ...written } = mount as Record<string, unknown>
    assert.deepEqual(written, expected)
  }
})

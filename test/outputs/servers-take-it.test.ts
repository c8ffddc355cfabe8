import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { keepsLogs } from '../../generators/stack/logs.ts'
import { secretsFolder, secretsOf } from '../../generators/stack/secrets.ts'
import { targetsFile } from '../../generators/stack/targets.ts'
import { runTool, temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { hostIn } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'

for (const bot of bots) {
  for (const env of Object.keys(bot.environments))
    test(`${bot.name}: Prometheus' and Alertmanager's own checkers accept every file, in ${env}`, async (t) => {
      const tools = await needs(t, 'promtool', 'amtool')
      if (tools === undefined) return
      const folder = temporaryFolder(t)
      const topology = hostIn(folder, { deployment: join(folder, 'out/prometheus/deployments', env) })
      writeAll(join(folder, 'out'), await generatedFiles(resolve(bot, topology).model))
      writeFileSync(topology.targets, targetsFile({ bot: bot.name, env, instance: 'one', address: '127.0.0.1:5' }))
      const config = await runTool(
        tools.promtool,
        'check',
        'config',
        '--lint=all',
        '--lint-fatal',
        join(folder, 'out/prometheus/prometheus.yml'),
      )
      assert.equal(config.code, 0, config.output)
      const messages = await runTool(tools.amtool, 'check-config', join(folder, 'out/alertmanager/alertmanager.yml'))
      assert.equal(messages.code, 0, messages.output)
    })

  test(`${bot.name}: Docker Compose accepts the stack, and one sentence says what is missing`, async (t) => {
    const tools = await needs(t, 'docker-compose')
    if (tools === undefined) return
    const folder = temporaryFolder(t)
    writeAll(folder, await generatedFiles(resolve(bot, containerTopology).model))
    const compose = (...args: string[]) =>
      runTool(
        tools['docker-compose'],
        '--project-directory',
        folder,
        '-f',
        join(folder, 'docker-compose.yaml'),
        ...args,
      )
    const without = await compose('config', '--quiet')
    assert.notEqual(without.code, 0)
    assert.match(without.output, /make up/)
    mkdirSync(join(folder, secretsFolder), { recursive: true })
    for (const secret of secretsOf(bot)) writeFileSync(join(folder, secretsFolder, secret.name), '')
    writeFileSync(join(folder, '.env'), 'GRAFANA_PASSWORD=x\nCOMPOSE_PROFILES=paper-bot-as-paper\n')
    const whole = await compose('config', '--format', 'json')
    assert.equal(whole.code, 0, whole.output)
    const { services } = JSON.parse(whole.stdout) as {
      services: Record<string, { image: string; ports?: { host_ip?: string }[] }>
    }
    assert.deepEqual(
      Object.keys(services).sort(),
      [
        'alertmanager',
        'grafana',
        'node-exporter',
        'paper-bot',
        'prometheus',
        'relay',
        ...(keepsLogs(bot) ? ['grafana-plugin', 'victoria-logs', 'vlagent', 'vmalert'] : []),
      ].sort(),
    )
    for (const [name, service] of Object.entries(services)) {
      assert.match(service.image, /:v?\d+\.\d+\.\d+/, `${name} has no exact tag`)
      for (const port of service.ports ?? [])
        assert.equal(port.host_ip, '127.0.0.1', `${name} is published on another address than loopback`)
    }
  })
}

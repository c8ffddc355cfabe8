import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { stringify } from 'yaml'
import { freeAddress } from '../../demo/servers/port.ts'
import { startAlertmanager, startPrometheus } from '../../demo/servers/start.ts'
import { applyTo } from '../../generators/commands/apply.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { secretsFolder } from '../../generators/stack/secrets.ts'
import { needs } from '../servers/skipped.ts'
import { change, evaluateEverySecond } from './every-second.ts'
import { put, stackFolder } from './stack-folder.ts'

interface RulesFile {
  groups: { name: string; interval?: string; rules: { alert?: string; expr: string; for?: string }[] }[]
}

test('generated files are reloaded, and each new, changed or removed rule is named', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, run } = stage
  const first = await run()
  assert.deepEqual(first.faults, [])
  assert.equal(first.said.length, 2)
  assert.equal(
    first.said[0],
    'Prometheus and Alertmanager reloaded their files; Grafana does so automatically within a minute',
  )
  const [, alerts, records] = /^(\d+) alerts and (\d+) recording rules are loaded$/.exec(first.said[1] ?? '') ?? []
  assert.ok(Number(alerts) > 25 && Number(records) > 0, first.said[1])

  change<RulesFile>(join(folder, 'prometheus/alerts.yml'), ({ groups }) => {
    const [group] = groups
    assert.ok(group?.rules[0]?.alert && group.rules[1]?.alert)
    group.rules[0].alert = 'Renamed'
    group.rules[1].for = '7m'
  })
  const second = await run()
  assert.deepEqual(second.faults, [])
  const names = second.said.slice(1, -1).map((line) => line.replace(/ [A-Z]\w+$/, ''))
  assert.deepEqual(names, ['  + mcbot-critical: alert', '  ~ mcbot-critical: alert', '  - mcbot-critical: alert'])
  assert.equal(second.said[1], '  + mcbot-critical: alert Renamed')
  assert.equal(second.said.at(-1), first.said.at(-1))
})

test('a file that Prometheus rejects is reported in its own words, and the old rules stay', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, run, prometheus } = stage
  change<RulesFile>(join(folder, 'prometheus/alerts.yml'), ({ groups }) => {
    const rule = groups[0]?.rules[0]
    assert.ok(rule)
    rule.expr = 'sum('
  })
  const { faults } = await run()
  assert.deepEqual(faults, [
    `Prometheus rejected its new configuration and keeps the old one: failed to reload config: one or more errors occurred while applying the new configuration (--config.file="${folder}/prometheus/prometheus.yml"). See \`docker compose logs prometheus\` in ${folder}.`,
  ])
  const rules = await (await fetch(`${prometheus}/api/v1/rules`)).text()
  assert.match(rules, /"name":"BotDown"/)
})

test('each rule that is missing or cannot be evaluated gets one sentence', async (t) => {
  const stage = await staged(t)
  if (stage === null) return
  const { folder, run } = stage
  put(
    join(folder, 'prometheus/more.yml'),
    stringify({ groups: [{ name: 'more', rules: [{ alert: 'Forgotten', expr: 'up == 0' }] }] }),
  )
  change<RulesFile>(join(folder, 'prometheus/recording.yml'), ({ groups }) => {
    groups.push({
      name: 'sick',
      interval: '1s',
      // two series that the outer function turns into one
      rules: [{ alert: 'Sick', expr: `label_replace(vector(1) or ${relabelled('1')}, "x", "", "", "")` }],
    })
  })
  const { faults } = await run()
  assert.equal(
    faults[0],
    'more: alert Forgotten is in the files but not loaded: run `make up`, which mounts the files again.',
  )
  assert.match(
    faults[1] ?? '',
    /^sick: alert Sick is loaded but cannot be evaluated: vector cannot contain metrics with the same labelset/,
  )
  assert.equal(faults.length, 2)
})

test('without servers the error is one sentence', async (t) => {
  const folder = await stackFolder(t)
  const nobody = `http://${await freeAddress()}`
  const said: string[] = []
  assert.deepEqual(
    await applyTo({ folder, env: 'paper', prometheus: nobody, alertmanager: nobody, say: (line) => said.push(line) }),
    [`Prometheus does not answer at ${nobody}: start the stack with \`make up\`.`],
  )
  assert.deepEqual(said, [])
})

const relabelled = (x: string) => `label_replace(vector(1), "x", "${x}", "", "")`

async function staged(t: TestContext) {
  const tools = await needs(t, 'prometheus', 'alertmanager')
  if (tools === undefined) return null
  // Registered before the folder's hook: hooks run in order, and servers must stop before the folder they write to is removed.
  const ending: (() => Promise<unknown>)[] = []
  t.after(() => Promise.all(ending.map((end) => end())))
  const [prometheusAt, alertmanagerAt] = [await freeAddress(), await freeAddress()]
  const folder = await stackFolder(t, (at) =>
    hostTopology({
      folder: at,
      secrets: join(at, secretsFolder),
      targets: join(at, 'targets.yml'),
      prometheus: prometheusAt,
      alertmanager: alertmanagerAt,
      relay: '127.0.0.1:9',
      nodeExporter: '127.0.0.1:9',
      env: 'paper',
    }),
  )
  // two targets that answer, so that a rule can fail on them
  put(
    join(folder, 'targets.yml'),
    stringify([{ targets: [prometheusAt], labels: { bot: 'mcbot', env: 'paper', instance: 'one' } }]),
  )
  evaluateEverySecond(folder)
  const alertmanager = await startAlertmanager({
    tool: tools.alertmanager,
    address: alertmanagerAt,
    configFile: join(folder, 'alertmanager/alertmanager.yml'),
    dataDir: join(folder, 'data-alertmanager'),
  })
  ending.push(alertmanager.stop)
  const prometheus = await startPrometheus({
    tool: tools.prometheus,
    address: prometheusAt,
    configFile: join(folder, 'prometheus/prometheus.yml'),
    dataDir: join(folder, 'data-prometheus'),
  })
  ending.push(prometheus.stop)
  const run = async () => {
    const said: string[] = []
    const faults = await applyTo({
      folder,
      env: 'paper',
      prometheus: prometheus.url,
      alertmanager: alertmanager.url,
      say: (line) => said.push(line),
    })
    return { faults, said }
  }
  return { folder, run, prometheus: prometheus.url }
}

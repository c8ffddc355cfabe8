import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { bots } from '../../definitions/index.ts'
import { containerTopology, hostTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { hasChanges } from '../../generators/write/plan.ts'
import { plan } from '../../generators/write/write.ts'
import { files, root } from './repository.ts'

const differences = async (name: string, generated: ReadonlyMap<string, string>) => {
  const made = await plan(join(root, 'out', name), generated, { force: false })
  const changes = [...made.added, ...made.changed, ...made.removed].map((change) => change.path)
  return { problems: made.problems, changes, isStale: hasChanges(made) }
}

for (const bot of bots)
  test(`I10: out/${bot.name} is exactly what the definitions generate`, async () => {
    const generated = await generatedFiles(resolve(bot, containerTopology).model)
    assert.ok(generated.size > 10)
    assert.deepEqual(await differences(bot.name, generated), { problems: [], changes: [], isStale: false })
    const [[path, text]] = [...generated] as [[string, string]]
    const changed = await differences(bot.name, new Map([...generated, [path, `${text}\n`]]))
    assert.deepEqual(changed.changes, [path])
  })

test('I10: out/ has exactly one folder per bot, and no user file in it is committed', () => {
  assert.deepEqual(
    readdirSync(join(root, 'out'))
      .filter((name) => !name.startsWith('.'))
      .sort(),
    bots.map((bot) => bot.name).sort(),
  )
  assert.deepEqual(
    files.filter((path) => /^out\/[^/]+\/(secrets\/|\.env$)/.test(path)),
    [],
  )
})

const elsewhere = hostTopology({
  folder: '/srv/elsewhere',
  secrets: '/srv/other-secrets',
  targets: '/srv/other-targets/bot.yml',
  prometheus: '127.0.0.1:41001',
  alertmanager: '127.0.0.1:41002',
  relay: '127.0.0.1:41004',
  nodeExporter: '127.0.0.1:41003',
  victoriaLogs: '127.0.0.1:41005',
  vlagent: '127.0.0.1:41006',
  vmalert: '127.0.0.1:41007',
  env: 'paper',
})

/** A text with every address, port and path of this topology replaced by its role. */
function unplaced(text: string, topology: typeof containerTopology): string {
  const servers = [
    'prometheus',
    'alertmanager',
    'relay',
    'nodeExporter',
    'grafana',
    'victoriaLogs',
    'vlagent',
    'vmalert',
  ] as const
  const withoutServers = servers.reduce((so, role) => {
    const port = topology[role].split(':')[1]
    return so
      .replaceAll(topology[role], `<${role}>`)
      .replaceAll(`127.0.0.1:${port}`, `<${role}>`)
      .replaceAll(new RegExp(`:${port}\\b`, 'g'), `:<port of ${role}>`)
      .replaceAll(`PORT: "${port}"`, `PORT: <port of ${role}>`)
  }, text)
  const paths = Object.entries({ ...topology, 'folder of targets': dirname(topology.targets) })
    .filter(([, place]) => place.startsWith('/'))
    .sort(([, a], [, b]) => b.length - a.length)
  return paths.reduce((so, [role, path]) => so.replaceAll(path, `<${role}>`), withoutServers)
}

for (const bot of bots)
  test(`I11: the topology changes addresses and paths of ${bot.name}, never a rule or a panel`, async () => {
    const here = await generatedFiles(resolve(bot, containerTopology).model)
    const there = await generatedFiles(resolve(bot, elsewhere).model)
    assert.deepEqual([...there.keys()].sort(), [...here.keys()].sort())
    const differing = [...here].filter(([path, text]) => there.get(path) !== text).map(([path]) => path)
    assert.ok(differing.includes('prometheus/prometheus.yml'), differing.join(', '))
    assert.deepEqual(
      differing.filter((path) => /rules|alerts\.yml|dashboards\/.*\.json|runbooks|templates/.test(path)),
      [],
    )
    for (const path of differing)
      assert.equal(
        unplaced(there.get(path) ?? '', elsewhere),
        unplaced(here.get(path) ?? '', containerTopology),
        `${path} differs by more than addresses and paths`,
      )
  })

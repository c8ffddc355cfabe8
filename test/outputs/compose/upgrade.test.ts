import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import { startAlertmanager, startPrometheus } from '../../../demo/servers/start.ts'
import { generatedFiles } from '../../../generators/outputs/outputs.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { alertmanagerFlags } from '../../../generators/stack/alert-timing.ts'
import { secretsOf } from '../../../generators/stack/secrets.ts'
import { temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { hostIn } from '../../fixtures/small-bot.ts'
import { needs } from '../../servers/skipped.ts'

// What somebody who runs an earlier version keeps when they start this one on the same volumes.

const versions = fileURLToPath(new URL('../../fixtures/upgrade/', import.meta.url))
const out = fileURLToPath(new URL('../../../out/mcbot/', import.meta.url))

interface Stack {
  readonly name: string
  readonly services: Readonly<
    Record<string, { readonly user?: string; readonly volumes?: readonly (string | { readonly target: string })[] }>
  >
  readonly volumes: Readonly<Record<string, object>>
}

/** Each named volume with the service, the user and the folder that it has there. */
function volumesOf({ services }: Stack): readonly string[] {
  return Object.entries(services).flatMap(([name, { user = 'root', volumes = [] }]) =>
    volumes.flatMap((volume) => (typeof volume === 'string' ? [`${name} as ${user}: ${volume}`] : [])),
  )
}

for (const version of readdirSync(versions)) {
  const read = (name: string) => readFileSync(join(versions, version, name), 'utf8')

  test(`from ${version}: every volume is still used, in the same place and by the same user`, () => {
    const [old, now] = [read('docker-compose.yaml'), readFileSync(join(out, 'docker-compose.yaml'), 'utf8')].map(
      (text) => parse(text) as Stack,
    ) as [Stack, Stack]
    assert.equal(now.name, old.name, 'another project name would start with empty volumes')
    const kept = new Set(volumesOf(now))
    assert.deepEqual(
      volumesOf(old).filter((volume) => !kept.has(volume)),
      [],
    )
    assert.ok(volumesOf(old).length >= 3)
  })

  test(`from ${version}: every setting of an existing .env still has a meaning`, () => {
    const names = (text: string) => new Set([...text.matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => name as string))
    const now = names(readFileSync(join(out, '.env.example'), 'utf8'))
    assert.deepEqual(
      [...names(read('env.txt'))].filter((name) => !now.has(name)),
      [],
    )
  })

  test(`from ${version}: silences and history survive on the same volumes`, async (t) => {
    const tools = await needs(t, 'alertmanager', 'prometheus')
    if (tools === undefined) return
    const ending: (() => Promise<unknown>)[] = []
    t.after(() => Promise.all(ending.map((end) => end())))
    const folder = temporaryFolder(t)
    const [prometheus, alertmanager, relay] = [await freeAddress(), await freeAddress(), await freeAddress()]
    const topology = hostIn(folder, { prometheus, alertmanager, relay })
    writeAll(join(folder, 'out'), await generatedFiles(resolve(mcbot, topology).model))
    mkdirSync(topology.secrets, { recursive: true })
    for (const { name } of secretsOf(mcbot)) writeFileSync(join(topology.secrets, name), 'http://127.0.0.1:9/x\n')
    writeFileSync(
      topology.targets,
      `- targets: ["127.0.0.1:9"]\n  labels: { bot: mcbot, env: paper, instance: mcbot }\n`,
    )
    const placed = (text: string) =>
      text
        .replaceAll('/run/secrets', topology.secrets)
        .replaceAll('/etc/prometheus/targets/bot.yml', topology.targets)
        .replaceAll('/etc/prometheus/deployment', topology.deployment)
        .replaceAll('prometheus:9090', prometheus)
        .replaceAll('alertmanager:9093', alertmanager)
    writeFileSync(join(folder, 'out/alertmanager/old.yml'), placed(read('alertmanager.yml')))
    writeFileSync(join(folder, 'out/prometheus/old.yml'), placed(read('prometheus.yml')))
    const servers = serversIn(ending, folder, { prometheus, alertmanager })

    const before = await servers.start('old.yml', 'old.yml')
    const silence = await servers.silence()
    const scraped = await servers.firstSample()
    await before.stop()
    const after = await servers.start('prometheus.yml', 'alertmanager.yml')
    assert.equal(await servers.silenceState(silence), 'active')
    assert.ok(await servers.hasSampleAt(scraped), 'the samples of before are there')
    await after.stop()
  })
}

/** Both servers on the same folders of data, whichever configuration they start with. */
function serversIn(
  ending: (() => Promise<unknown>)[],
  folder: string,
  at: { readonly prometheus: string; readonly alertmanager: string },
) {
  const query = async (path: string): Promise<{ data: { result: readonly { value: [number, string] }[] } }> =>
    (await (await fetch(`http://${at.prometheus}/api/v1/${path}`)).json()) as never
  return {
    start: async (prometheusFile: string, alertmanagerFile: string) => {
      const running = [
        await startAlertmanager({
          configFile: join(folder, 'out/alertmanager', alertmanagerFile),
          dataDir: join(folder, 'alertmanager'),
          address: at.alertmanager,
          args: alertmanagerFlags,
        }),
        await startPrometheus({
          configFile: join(folder, 'out/prometheus', prometheusFile),
          dataDir: join(folder, 'prometheus'),
          address: at.prometheus,
        }),
      ]
      const stop = async () => void (await Promise.all(running.splice(0).map((one) => one.stop())))
      ending.push(stop)
      return { stop }
    },
    silence: async (): Promise<string> => {
      const response = await fetch(`http://${at.alertmanager}/api/v2/silences`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          matchers: [{ name: 'alertname', value: 'BotDown', isRegex: false, isEqual: true }],
          startsAt: new Date().toISOString(),
          endsAt: new Date(Date.now() + 3_600_000).toISOString(),
          createdBy: 'me',
          comment: 'I am on it',
        }),
      })
      return ((await response.json()) as { silenceID: string }).silenceID
    },
    silenceState: async (id: string): Promise<string> => {
      const read = await (await fetch(`http://${at.alertmanager}/api/v2/silence/${id}`)).json()
      return (read as { status: { state: string } }).status.state
    },
    /** The time of the first sample of a scrape. */
    firstSample: async (): Promise<number> => {
      for (;;) {
        const [first] = (await query(`query?query=${encodeURIComponent('timestamp(up{job="prometheus"})')}`)).data
          .result
        if (first !== undefined) return Number(first.value[1])
        await new Promise((next) => setTimeout(next, 200))
      }
    },
    hasSampleAt: async (time: number): Promise<boolean> =>
      (await query(`query?query=${encodeURIComponent('up{job="prometheus"}')}&time=${time}`)).data.result.length === 1,
  }
}

import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mcbot } from '../../../definitions/mcbot/index.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import { startAlertmanager } from '../../../demo/servers/start.ts'
import { post } from '../../../generators/commands/alertmanager-api.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { alertmanagerOutput } from '../../../generators/outputs/alertmanager/alertmanager.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { yaml } from '../../../generators/text/yaml.ts'
import { temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { needs } from '../../servers/skipped.ts'
import { writtenOf } from '../bots.ts'
import { testRules } from '../promtool.ts'
import { writeRules } from '../scene.ts'
import { notation, type Scrapes, scrapeEvery } from '../scrapes.ts'
import { scrapesOf } from './paper.ts'
import { target } from './target.ts'

// A bot that does nothing for three minutes, while it says that it warms up, or does not say so. The rules decide what fires (promtool),
// and Alertmanager with the generated configuration what is sent of it.

const minute = 60
const warmUp = 3 * minute
const { files } = writtenOf(mcbot)
const model = resolve(mcbot, containerTopology).model
const metrics = new Set(
  [...(files.get('prometheus/alerts.yml') ?? '').matchAll(/\b(?:mcbot_[a-z0-9_]+|up)\b/g)].map(([name]) => name),
)

/** What a start without work for three minutes trips. */
const onFigures = ['HeartbeatStale', 'WSDisconnected', 'WSNoMessages']

const starts = {
  'a bot that says that it warms up': { limit: '5m', fires: [...onFigures, 'WarmingUp'], sent: [] },
  'one that is not ready in time': {
    limit: '2m',
    fires: [...onFigures, 'WarmUpTooLong', 'WarmingUp'],
    sent: [...onFigures, 'WarmUpTooLong'],
  },
  'one that does not say so': {
    limit: null,
    fires: onFigures,
    sent: onFigures,
  },
} as const

test('a warm-up of three minutes fires nothing that is sent, unless it takes longer than it may', async (t) => {
  const tools = await needs(t, 'promtool')
  if (!tools) return
  const folder = temporaryFolder(t)
  writeRules(folder, files, 'paper')
  const paths = []
  for (const [name, { limit, fires, sent }] of Object.entries(starts)) {
    const scrapes = await slowStart(limit)
    paths.push(
      written(folder, name, scrapes, [
        [`alertstate="firing", alertname!="Watchdog"`, '', fires],
        [
          `alertstate="firing", alertname!~"Watchdog|WarmingUp"`,
          `unless on (bot, env) max by (bot, env) (ALERTS{alertname="WarmingUp", alertstate="firing"})`,
          sent,
        ],
      ]),
    )
  }
  const said = await testRules(tools.promtool, paths)
  for (const [i, name] of Object.keys(starts).entries()) {
    const text = said.get(paths[i] as string) ?? null
    await t.test(name, () => assert.equal(text, null, text ?? ''))
  }
})

test('Alertmanager sends nothing of it while WarmingUp fires, except what breaks a quiet', async (t) => {
  const stage = await listening(t)
  if (stage === null) return
  await stage.post([...onFigures, 'WarmingUp', 'CircuitBreakerTripped'], 'firing')
  assert.deepEqual(await stage.muted(), onFigures)
  assert.deepEqual(await stage.next(), 'CircuitBreakerTripped')
  assert.deepEqual(stage.sent(), ['CircuitBreakerTripped'])
  await stage.post(['WarmingUp'], 'over')
  assert.deepEqual(await stage.muted(), [])
})

const slowStart = (limit: '5m' | '2m' | null): Promise<Scrapes> =>
  scrapesOf(
    'warm-up',
    metrics,
    async (run) => {
      await run.idleFor(warmUp)
      await run.forSeconds(9 * minute)
    },
    { warmUpLimit: limit },
  )

/** Writes a unit test of which alerts fire at some time, each with a condition on that; returns its path. */
function written(
  folder: string,
  name: string,
  scrapes: Scrapes,
  expected: readonly (readonly [of: string, when: string, alerts: readonly string[]])[],
): string {
  const end = warmUp + 9 * minute
  const path = join(folder, `${name.replaceAll(' ', '-')}.yml`)
  writeFileSync(
    path,
    yaml({
      rule_files: ['recording.yml', 'alerts.yml', 'absence.yml'],
      evaluation_interval: `${scrapeEvery}s`,
      tests: [
        {
          name,
          interval: `${scrapeEvery}s`,
          input_series: [...scrapes].map(([series, values]) => ({ series, values: notation(values) })),
          promql_expr_test: expected.map(([of, when, alerts]) => ({
            expr: `group by (alertname) (count_over_time((ALERTS{${of}} ${when})[${end}s:${scrapeEvery}s]))`,
            eval_time: `${end}s`,
            exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
          })),
        },
      ],
    }),
  )
  return path
}

/** Real Alertmanager with the generated configuration, whose messages arrive here instead of at the relay. */
async function listening(t: TestContext) {
  const tools = await needs(t, 'alertmanager')
  if (!tools) return null
  const messages: string[] = []
  const arrived = new EventEmitter()
  const relay = createServer(async (request, response) => {
    const [, name] = /alertname=(\w+)/.exec((await request.toArray()).join('')) ?? []
    messages.push(name ?? '')
    arrived.emit('message', name)
    response.end()
  })
  relay.listen(0, '127.0.0.1')
  await once(relay, 'listening')
  const ending: (() => unknown)[] = [() => relay.close()]
  t.after(() => Promise.all(ending.map((end) => end())))
  const folder = temporaryFolder(t)
  const { port } = relay.address() as AddressInfo
  writeAll(
    folder,
    new Map(
      [...alertmanagerOutput(model)].map(([path, text]) => [path, text.replaceAll('relay:9095', `127.0.0.1:${port}`)]),
    ),
  )
  const { url, stop } = await startAlertmanager({
    tool: tools.alertmanager,
    address: await freeAddress(),
    configFile: join(folder, 'alertmanager/alertmanager.yml'),
    dataDir: join(folder, 'data'),
  })
  ending.push(stop)
  const severityOf = new Map(model.alerts.map(({ name, severity }) => [name, severity]))
  return {
    sent: () => messages,
    next: async () => (await once(arrived, 'message'))[0] as string,
    post: async (names: readonly string[], state: 'firing' | 'over') => {
      const startsAt = new Date(Date.now() - 1000).toISOString()
      const endsAt = new Date(Date.now() + (state === 'firing' ? 600_000 : 0)).toISOString()
      const alerts = names.map((alertname) => ({
        labels: { ...target, alertname, severity: severityOf.get(alertname) ?? '' },
        annotations: {},
        startsAt,
        endsAt,
      }))
      assert.equal(await post(url, alerts), null)
    },
    /** What Alertmanager keeps back because of another alert. */
    muted: async () => {
      const all = (await (await fetch(`${url}/api/v2/alerts`)).json()) as readonly {
        readonly labels: Readonly<Record<string, string>>
        readonly status: { readonly inhibitedBy: readonly string[] }
      }[]
      return all
        .filter(({ status }) => status.inhibitedBy.length > 0)
        .map(({ labels }) => labels['alertname'])
        .sort()
    },
  }
}

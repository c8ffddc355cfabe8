import assert from 'node:assert/strict'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { sampleLimitOf } from '../../definitions/language/series-bound.ts'
import { freeAddress } from '../../demo/servers/port.ts'
import { startPrometheus } from '../../demo/servers/start.ts'
import { prometheusOutput } from '../../generators/outputs/prometheus/prometheus.ts'
import { rulesOutput } from '../../generators/outputs/prometheus/rules.ts'
import { print } from '../../generators/promql/print.ts'
import { createMetrics } from '../../runtime/index.ts'
import { rulesOf } from '../alerts/rules.ts'
import { temporaryFolder, writeAll } from '../fixtures/on-disk.ts'
import { hostIn, modelOf } from '../fixtures/small-bot.ts'
import { needs } from '../servers/skipped.ts'
import { limitedBot, limitedMetrics } from './bot.ts'

const limit = sampleLimitOf(Object.values(limitedBot().metrics))
const own = async (): Promise<string> => {
  const metrics = createMetrics(limitedMetrics)
  metrics.equity.set(1)
  return metrics.render()
}
const ofClients = 'lt_fills_created{symbol="BTC",side="buy"} 1\npython_info{version="3.12"} 1\nprocess_open_fds 7\n'
const lines = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${name}{symbol="S${i}",side="buy"} 1\n`).join('')

/** What each process exposes, most of them more or less than the contract. */
const processes: Readonly<Record<string, () => Promise<string>>> = {
  good: own,
  python: async () => (await own()) + ofClients,
  chatty: async () => `${await own()}lt_typo 1\nnodejs_heap 2\n`,
  near: async () => (await own()) + lines('lt_fills_total', Math.ceil(limit * 0.81)),
  over: async () => (await own()) + lines('lt_fills_total', limit),
  old: async () => (await own()).replace(/hash="[0-9a-f]+"/, 'hash="0123456789abcdef"'),
  silent: async () => 'lt_equity 1\n',
}

test('undeclared samples are dropped, limited and reported, and nothing else is', async (t) => {
  const firing = await asked(t)
  if (firing === undefined) return
  assert.deepEqual(firing, {
    ContractSampleLimitExceeded: ['over'],
    ContractSampleLimitNear: ['near', 'over'],
    ContractMismatch: ['old', 'silent'],
    ContractSamplesDropped: ['chatty'],
    up: ['chatty', 'good', 'near', 'old', 'python', 'silent'],
    'kept python_info': ['python'],
    'kept lt_fills_created': ['python'],
    'kept lt_typo': [],
    'the panel counts': ['2'],
  })
})

/** The instances for which each alert's condition holds, on a real Prometheus with the generated configuration. */
async function asked(t: TestContext): Promise<Readonly<Record<string, readonly string[]>> | undefined> {
  const tools = await needs(t, 'prometheus')
  if (!tools) return undefined
  const folder = temporaryFolder(t)
  const targets = await Promise.all(
    Object.entries(processes).map(async ([instance, expose]) => {
      const server = createServer(async (_, response) => {
        response.setHeader('Content-Type', 'text/plain; version=0.0.4')
        response.end(await expose())
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      t.after(() => server.close())
      return { env: 'paper', instance, address: `127.0.0.1:${(server.address() as AddressInfo).port}` }
    }),
  )
  const topology = hostIn(folder, { prometheus: await freeAddress(), alertmanager: '127.0.0.1:9' })
  const model = modelOf(limitedBot(targets), topology)
  const files = rulesOutput(model)
  writeAll(join(folder, 'out'), new Map([...prometheusOutput(model), ...files]))
  writeFileSync(topology.targets, '[]\n')
  const server = await startPrometheus({
    tool: tools.prometheus,
    address: topology.prometheus,
    configFile: join(topology.prometheusFolder, 'prometheus.yml'),
    dataDir: join(folder, 'data'),
  })
  t.after(() => server.stop())
  const instances = async (query: string): Promise<readonly string[]> => {
    const response = await fetch(`${server.url}/api/v1/query?query=${encodeURIComponent(query)}`)
    const { data } = (await response.json()) as {
      data: { result: readonly { metric: Record<string, string>; value: [number, string] }[] }
    }
    return data.result.map(({ metric, value }) => metric['instance'] ?? value[1]).sort()
  }
  const deadline = Date.now() + 60_000
  while ((await instances('scrape_duration_seconds{job="lt"}')).length < targets.length && Date.now() < deadline)
    await delay(100)

  const { alerts } = rulesOf(files)
  const names = ['ContractSampleLimitExceeded', 'ContractSampleLimitNear', 'ContractMismatch', 'ContractSamplesDropped']
  const onAnother = model.bot.dashboards['contract']?.panels['mismatched']?.show[0]
  const queries: readonly (readonly [string, string])[] = [
    ['the panel counts', onAnother === undefined ? '' : print(onAnother.query)],
    ...names.map((name) => [name, alerts.get(name)?.expr ?? ''] as const),
    ['up', 'up{job="lt"} == 1'],
    ...['python_info', 'lt_fills_created', 'lt_typo'].map((name) => [`kept ${name}`, name] as const),
  ]
  return Object.fromEntries(
    await Promise.all(queries.map(async ([name, query]) => [name, await instances(query)] as const)),
  )
}

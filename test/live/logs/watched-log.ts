import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../../definitions/language/bot.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import type { Server } from '../../../demo/servers/server.ts'
import { startPrometheus, startVictoriaLogs, startVlagent, startVmalert } from '../../../demo/servers/start.ts'
import { hostTopology } from '../../../generators/model/topology.ts'
import { logsOutput } from '../../../generators/outputs/logs/logs.ts'
import { prometheusOutput } from '../../../generators/outputs/prometheus/prometheus.ts'
import { rulesOutput } from '../../../generators/outputs/prometheus/rules.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { victoriaLogsFlags, vlagentFlags, vmalertFlags } from '../../../generators/stack/logs.ts'
import { targetsFile } from '../../../generators/stack/targets.ts'
import { rulesOf } from '../../alerts/rules.ts'
import { temporaryFolder, writeAll } from '../../fixtures/on-disk.ts'
import { instant, until } from '../prometheus-api.ts'

const writer = { bot: 'tb', env: 'paper', instance: 'tb-1' }

/** The programs of a log, scraped every second by a Prometheus with the generated configuration and rules; the store is started by the test. */
export async function startWatchedLog(t: TestContext, { stack, ...rest }: Bot) {
  const often = { scrape: { bot: '1s', exporters: '1s', timeout: '1s' }, evaluate: '1s' } as const
  const bot: Bot = { ...rest, stack: { ...stack, ...often } }
  const folder = temporaryFolder(t)
  const logs = join(folder, 'log')
  const [store, agent, evaluator, elsewhere] = await Promise.all([1, 2, 3, 4].map(freeAddress))
  if (store === undefined || agent === undefined || evaluator === undefined || elsewhere === undefined)
    throw new Error('there is no free port')
  const topology = hostTopology({
    folder,
    secrets: folder,
    targets: join(folder, 'targets.yml'),
    prometheus: elsewhere,
    alertmanager: elsewhere,
    relay: elsewhere,
    nodeExporter: elsewhere,
    victoriaLogs: store,
    vlagent: agent,
    vmalert: evaluator,
    env: writer.env,
  })
  const { model } = resolve(bot, topology)
  const rules = rulesOutput(model)
  writeAll(folder, new Map([...prometheusOutput(model), ...rules, ...logsOutput(model)]))
  writeFileSync(topology.targets, targetsFile({ ...writer, address: elsewhere }))
  mkdirSync(logs)
  const started = async (starting: Promise<Server>): Promise<Server> => {
    const server = await starting
    t.after(() => server.stop())
    return server
  }
  const collected = [`-fileCollector.glob=${logs}/*.jsonl`, ...vlagentFlags(store, writer)]
  await started(startVlagent({ address: agent, dataDir: join(folder, 'agent'), args: collected }))
  await started(
    startVmalert({
      address: evaluator,
      env: { BOT_ENV: writer.env, BOT_INSTANCE: writer.instance },
      args: vmalertFlags(bot, { folder: topology.vmalertFolder, store, prometheus: elsewhere }),
    }),
  )
  const { url } = await started(
    startPrometheus({
      configFile: join(folder, 'prometheus/prometheus.yml'),
      dataDir: join(folder, 'prometheus-data'),
    }),
  )
  const { alerts } = rulesOf(rules)
  /** The series for which the condition of an alert is true, without its hold. */
  const trueFor = async (alert: string) => {
    const found = await instant(url, alerts.get(alert)?.expr ?? '')
    return found.map(({ metric }) =>
      Object.fromEntries(Object.entries(metric).filter(([label]) => label !== '__name__')),
    )
  }
  return {
    logs,
    prometheus: url,
    startStore: (...more: readonly string[]) =>
      started(
        startVictoriaLogs({
          address: store,
          dataDir: join(folder, 'store'),
          args: [...victoriaLogsFlags(bot), ...more],
        }),
      ),
    /** Appends a line as the runtime writes it. */
    write: (line: object) =>
      appendFileSync(
        join(logs, 'tb.jsonl'),
        `${JSON.stringify({ ts: new Date().toISOString(), bot: writer.bot, event: 'heartbeat', run: 'r1', ...line })}\n`,
      ),
    trueFor,
    /** The series for which the condition of an alert is true, once it is. */
    becomesTrue: (alert: string) =>
      until(`the condition of ${alert} is true`, 90_000, async () => {
        const found = await trueFor(alert)
        return found.length > 0 ? found : null
      }),
    becomesFalse: (alert: string) =>
      until(`the condition of ${alert} is no longer true`, 90_000, async () =>
        (await trueFor(alert)).length === 0 ? true : null,
      ),
  }
}

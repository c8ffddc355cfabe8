import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { startVictoriaLogs } from '../../demo/servers/start.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { grafanaOutput } from '../../generators/outputs/grafana/grafana.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { victoriaLogsFlags } from '../../generators/stack/logs.ts'
import { logsBot } from '../fixtures/logs-bot.ts'
import { temporaryFolder } from '../fixtures/on-disk.ts'
import { until } from '../live/prometheus-api.ts'
import { needs } from '../servers/skipped.ts'
import { answeringServer } from './preview-of.ts'

/** A line as a bot writes it. */
type WrittenLine = Readonly<Record<string, string | number>>

/** A real VictoriaLogs, to which lines are sent as vlagent sends them; undefined if there is none here. */
export async function logStore(t: TestContext) {
  if ((await needs(t, 'victoria-logs')) === undefined) return undefined
  const server = await startVictoriaLogs({
    dataDir: join(temporaryFolder(t), 'store'),
    args: victoriaLogsFlags(logsBot),
  })
  t.after(() => server.stop())
  let seq = 0
  return {
    url: new URL(server.url),
    stop: () => server.stop(),
    /** Stores lines, which have a number each, and waits until they are found. */
    insert: async (lines: readonly WrittenLine[]) => {
      const own = { bot: 'tb', env: 'paper', instance: 'tb-1', run: 'r1' }
      const numbered = lines.map((line) => {
        seq += 1
        return { ...own, seq, msg: line['event'] ?? '', ...line }
      })
      const fields = '_stream_fields=bot,env,instance,event&_msg_field=msg&_time_field=ts'
      const { ok, status } = await fetch(`${server.url}/insert/jsonline?${fields}`, {
        method: 'POST',
        headers: { 'content-type': 'application/stream+json' },
        body: numbered.map((line) => JSON.stringify(line)).join('\n'),
      })
      if (!ok) throw new Error(`VictoriaLogs answered ${status}`)
      const stats = `{bot="tb"} seq:=${numbered.at(-1)?.seq} | stats count() as rows`
      await until('the lines are found', 30_000, async () => {
        const answer = await fetch(`${server.url}/select/logsql/query?${new URLSearchParams({ query: stats })}`)
        return JSON.parse(await answer.text()).rows === '0' ? null : true
      })
    },
  }
}

/** A Prometheus that knows the environment of the bot, and nothing else. */
export const withoutSeries = (t: TestContext): Promise<URL> =>
  answeringServer(t, (path) =>
    JSON.stringify({
      status: 'success',
      data: path.includes('/label/')
        ? ['paper']
        : { resultType: path.includes('query_range') ? 'matrix' : 'vector', result: [] },
    }),
  )

/** The dashboards that are generated for a bot, by their file. */
export const dashboardsOf = (bot: typeof logsBot): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...grafanaOutput(resolve(bot, containerTopology).model)].flatMap(([path, text]) =>
      path.startsWith('grafana/dashboards/') ? [[path.replace('grafana/dashboards/', ''), text] as const] : [],
    ),
  )

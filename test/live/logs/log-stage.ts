import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../../definitions/language/bot.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import type { Server } from '../../../demo/servers/server.ts'
import { startVictoriaLogs, startVlagent, startVmalert } from '../../../demo/servers/start.ts'
import { hostTopology } from '../../../generators/model/topology.ts'
import { generatedFiles } from '../../../generators/outputs/outputs.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { victoriaLogsFlags, vlagentFlags, vmalertFlags } from '../../../generators/stack/logs.ts'

/** An alert as Alertmanager receives it. */
interface Posted {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly endsAt: string
}

/** The labels of the process whose log it is. */
export const writer = { bot: 'tb', env: 'paper', instance: 'tb-1' }

/** A log file, and the real programs that collect, store and evaluate its lines; what fires goes to a fake Alertmanager. */
export async function startLogStage(t: TestContext, bot: Bot) {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-logs-'))
  const log = join(folder, 'log/tb.jsonl')
  mkdirSync(dirname(log))
  writeFileSync(log, '')
  const { address: alertmanager, latest } = await fakeAlertmanager(t)
  const [store, elsewhere] = await Promise.all([freeAddress(), freeAddress()])
  const topology = hostTopology({
    folder: join(folder, 'out'),
    secrets: join(folder, 'secrets'),
    targets: join(folder, 'targets.yml'),
    prometheus: elsewhere,
    alertmanager,
    relay: elsewhere,
    nodeExporter: elsewhere,
    victoriaLogs: store,
    env: writer.env,
  })
  for (const [path, content] of await generatedFiles(resolve(bot, topology).model)) {
    mkdirSync(dirname(join(folder, 'out', path)), { recursive: true })
    writeFileSync(join(folder, 'out', path), content)
  }
  const started = async (starting: Promise<Server>): Promise<Server> => {
    const server = await starting
    t.after(() => server.stop())
    return server
  }
  const victoriaLogs = await started(
    startVictoriaLogs({ dataDir: join(folder, 'store'), address: store, args: victoriaLogsFlags(bot) }),
  )
  const collected = [`-fileCollector.glob=${dirname(log)}/*.jsonl`, ...vlagentFlags(store, writer)]
  await started(startVlagent({ dataDir: join(folder, 'agent'), args: collected }))
  await started(
    startVmalert({
      env: { BOT_ENV: writer.env, BOT_INSTANCE: writer.instance },
      args: vmalertFlags(bot, { folder: topology.vmalertFolder, store, prometheus: elsewhere }),
    }),
  )
  // after the servers, which write into it
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return {
    victoriaLogs,
    latest,
    /** Appends a line as the runtime writes it. */
    write: (line: object) =>
      appendFileSync(log, `${JSON.stringify({ ts: new Date().toISOString(), bot: writer.bot, run: 'r1', ...line })}\n`),
  }
}

/** Receives alerts as Alertmanager does, and keeps the latest of each. */
async function fakeAlertmanager(t: TestContext) {
  const known = new Map<string, Posted>()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      for (const alert of JSON.parse(body) as Posted[]) known.set(JSON.stringify(alert.labels), alert)
      response.end()
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.after(() => server.close())
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    latest: () => [...known.values()],
  }
}

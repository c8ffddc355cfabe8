import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Bot } from '../../../definitions/language/bot.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import type { Server } from '../../../demo/servers/server.ts'
import { logPrograms } from '../../../demo/stage/log-programs.ts'
import { hostTopology, type Topology } from '../../../generators/model/topology.ts'
import { generatedFiles } from '../../../generators/outputs/outputs.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { writeAll } from '../../fixtures/on-disk.ts'

/** An alert as Alertmanager receives it. */
interface Posted {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly endsAt: string
}

/** The labels of the process whose log it is. */
export const writer = { bot: 'tb', env: 'paper', instance: 'tb-1' }

/** Where the servers around the log listen; by default nowhere. */
type Around = Partial<Pick<Topology, 'prometheus' | 'alertmanager' | 'relay'>>

/** A folder for log files, and the programs that read, store and evaluate its lines; none is started. */
export async function logPipeline(t: TestContext, bot: Bot, around: Around = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'botwatch-logs-'))
  const lines = join(folder, 'lines')
  mkdirSync(lines)
  const [victoriaLogs, vlagent, vmalert, elsewhere] = await Promise.all([
    freeAddress(),
    freeAddress(),
    freeAddress(),
    freeAddress(),
  ])
  const topology = hostTopology({
    folder: join(folder, 'out'),
    secrets: join(folder, 'secrets'),
    targets: join(folder, 'targets.yml'),
    prometheus: elsewhere,
    alertmanager: '127.0.0.1:1',
    relay: elsewhere,
    ...around,
    nodeExporter: elsewhere,
    victoriaLogs,
    vlagent,
    vmalert,
    env: writer.env,
  })
  const running: Server[] = []
  t.after(async () => {
    for (const server of running.reverse()) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return {
    folder,
    /** Waits until a program is ready, and stops it after the test. */
    started: async (starting: Promise<Server>): Promise<Server> => {
      const server = await starting
      running.push(server)
      return server
    },
    /** The folder with the files of the log. */
    lines,
    topology,
    programs: logPrograms(bot, { topology, lines, data: folder, labels: { ...writer, bot: bot.name } }),
    /** Where the agent keeps how far it has read each file. */
    positions: join(folder, 'vlagent/vlagent-file-checkpoints.json'),
  }
}

/** A log file, and the real programs that collect, store and evaluate its lines; what fires goes to a fake Alertmanager. */
export async function startLogStage(t: TestContext, bot: Bot) {
  const { address: alertmanager, latest } = await fakeAlertmanager(t)
  const { folder, lines, topology, programs, started } = await logPipeline(t, bot, { alertmanager })
  const log = join(lines, 'tb.jsonl')
  writeFileSync(log, '')
  writeAll(join(folder, 'out'), await generatedFiles(resolve(bot, topology).model))
  const victoriaLogs = await started(programs.victoriaLogs())
  await started(programs.vlagent())
  await started(programs.vmalert())
  return {
    victoriaLogs,
    latest,
    lines,
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

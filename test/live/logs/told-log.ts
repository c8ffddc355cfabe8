import { appendFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import type { Bot } from '../../../definitions/language/bot.ts'
import { freeAddress } from '../../../demo/servers/port.ts'
import { startAlertmanager, startPrometheus } from '../../../demo/servers/start.ts'
import { logPrograms } from '../../../demo/stage/log-programs.ts'
import { startPhone } from '../../../demo/stage/phone.ts'
import { startRelay } from '../../../demo/stage/relay-process.ts'
import { generatedFiles } from '../../../generators/outputs/outputs.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { alertmanagerFlags, prometheusAlertFlags } from '../../../generators/stack/alert-timing.ts'
import { telegramChat, telegramToken } from '../../../generators/stack/secrets.ts'
import { targetsFile } from '../../../generators/stack/targets.ts'
import { writeAll } from '../../fixtures/on-disk.ts'
import { until } from '../prometheus-api.ts'
import { logPipeline, writer } from './log-stage.ts'

/** A log and everything from its lines to a phone with Telegram, without the bot: the test writes the lines. */
export async function startToldLog(t: TestContext, bot: Bot) {
  const [prometheus, alertmanager, relayAt, elsewhere] = await Promise.all([1, 2, 3, 4].map(freeAddress))
  if (prometheus === undefined || alertmanager === undefined || relayAt === undefined || elsewhere === undefined)
    throw new Error('there is no free port')
  const phone = await startPhone()
  t.after(() => phone.close())
  const { folder, lines, topology, programs, started } = await logPipeline(t, bot, {
    prometheus,
    alertmanager,
    relay: relayAt,
  })
  const log = join(lines, 'tb.jsonl')
  writeFileSync(log, '')
  const files = await generatedFiles(resolve(bot, topology).model)
  const told = new Map([...files].map(([path, file]) => [path, file.replaceAll('https://api.telegram.org', phone.url)]))
  writeAll(join(folder, 'out'), told)
  writeAll(
    topology.secrets,
    new Map([
      [telegramToken, '1000:stand-in'],
      [telegramChat(writer.env), '1000'],
    ]),
  )
  writeFileSync(topology.targets, targetsFile({ ...writer, address: elsewhere }))
  const relay = await startRelay({ folder: join(folder, 'out/relay'), data: join(folder, 'relay'), address: relayAt })
  t.after(() => relay.stop('SIGKILL'))
  await started(
    startAlertmanager({
      configFile: join(folder, 'out/alertmanager/alertmanager.yml'),
      dataDir: join(folder, 'alertmanager'),
      address: alertmanager,
      args: alertmanagerFlags,
    }),
  )
  await started(
    startPrometheus({
      configFile: join(folder, 'out/prometheus/prometheus.yml'),
      dataDir: join(folder, 'prometheus'),
      address: prometheus,
      args: [...prometheusAlertFlags, '--web.enable-remote-write-receiver'],
    }),
  )
  await started(programs.victoriaLogs())
  const store = await startRefusingStore(t, topology.victoriaLogs)
  const asked = logPrograms(bot, {
    topology: { ...topology, victoriaLogs: store.address },
    lines,
    data: folder,
    labels: writer,
  })
  await started(asked.vmalert())
  let seq = 0
  return {
    phone,
    store,
    startAgent: () => started(programs.vlagent()),
    /** Appends a line as the runtime writes it. */
    write: (line: object) => {
      seq += 1
      const whole = { ts: new Date().toISOString(), bot: writer.bot, run: 'r1', seq, ...line }
      appendFileSync(log, `${JSON.stringify(whole)}\n`)
    },
    /** Resolves once the relay has withdrawn so many RESOLVED messages. */
    withdrawn: (wanted: number, within: number) =>
      until(`${wanted} RESOLVED are withdrawn`, within, async () => {
        const figures = await (await fetch(`${relay.url}/metrics`)).text()
        return Number(/^relay_withdrawn_resolved_total (\d+)$/m.exec(figures)?.[1]) >= wanted ? true : null
      }),
  }
}

/** The store as vmalert sees it: on request it refuses what asks for an event, but not what the log's Watchdog asks. */
async function startRefusingStore(t: TestContext, address: string) {
  const store = { refuses: false }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const query = decodeURIComponent(`${request.url} ${body}`)
    if (store.refuses && query.includes('event:=')) return void response.writeHead(503).end('not enough memory')
    const answer = await fetch(`http://${address}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/x-www-form-urlencoded' },
      ...(request.method === 'POST' ? { body } : {}),
    }).catch(() => null)
    if (answer === null) return void response.writeHead(502).end()
    const type = answer.headers.get('content-type') ?? 'application/json'
    response.writeHead(answer.status, { 'content-type': type }).end(await answer.text())
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(store, { address: `127.0.0.1:${(server.address() as AddressInfo).port}` })
}

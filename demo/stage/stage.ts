import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Bot } from '../../definitions/language/bot.ts'
import { hostTopology } from '../../generators/model/topology.ts'
import { generatedFiles } from '../../generators/outputs/outputs.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { alertmanagerFlags, prometheusAlertFlags } from '../../generators/stack/alert-timing.ts'
import { keepsLogs } from '../../generators/stack/logs.ts'
import { secretsOf } from '../../generators/stack/secrets.ts'
import { targetsFile } from '../../generators/stack/targets.ts'
import { type WatchdogPlace, watchdogFlags } from '../../generators/stack/watchdog.ts'
import { readYaml, yaml } from '../../generators/text/yaml.ts'
import { freeAddress } from '../servers/port.ts'
import type { Server } from '../servers/server.ts'
import { startAlertmanager, startNodeExporter, startPrometheus } from '../servers/start.ts'
import { type BotProcess, startBot } from './bot-process.ts'
import { logPrograms } from './log-programs.ts'
import { type Phone, startPhone } from './phone.ts'
import { type RelayProcess, startRelay } from './relay-process.ts'

/** A paper bot with its whole monitoring stack, as processes on this machine on free loopback ports. */
interface Stage {
  /** The folder of the generated files that the servers read. */
  readonly folder: string
  readonly bot: BotProcess
  readonly prometheus: Server
  readonly alertmanager: Server
  readonly nodeExporter: Server
  readonly relay: RelayProcess
  /** The store of the bot's log; null if it declares no events. */
  readonly victoriaLogs: Server | null
  /** The fake of Telegram and Discord. */
  readonly phone: Phone
  stop(): Promise<void>
}

interface StageOptions {
  /** Further options of `botwatch watchdog`, for a bot that has one; after those of its stack. */
  readonly watchdog?: readonly string[]
}

/** Starts everything in the bot's first environment; if one part fails to start, the rest is stopped. */
export async function startStage(declared: Bot, { watchdog = [] }: StageOptions = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'botwatch-stage-'))
  const ending: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
  const stop = async () => {
    for (const end of ending.splice(0).reverse()) await end()
  }
  const started = async <T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> => {
    const one = await starting
    ending.push(() => one.stop())
    return one
  }
  try {
    const env = Object.keys(declared.environments)[0] as string
    const phone = await startPhone()
    ending.push(() => phone.close())
    const [prometheusAt, alertmanagerAt, nodeAt, relayAt, victoriaLogsAt, vlagentAt, vmalertAt] = await Promise.all([
      freeAddress(),
      freeAddress(),
      freeAddress(),
      freeAddress(),
      freeAddress(),
      freeAddress(),
      freeAddress(),
    ])
    const { definition, fixed, watchdogFor } = await supervised(declared)
    const topology = hostTopology({
      folder: join(folder, 'out'),
      secrets: join(folder, 'secrets'),
      targets: join(folder, 'targets.yml'),
      prometheus: prometheusAt,
      alertmanager: alertmanagerAt,
      nodeExporter: nodeAt,
      relay: relayAt,
      victoriaLogs: victoriaLogsAt,
      vlagent: vlagentAt,
      vmalert: vmalertAt,
      env,
    })
    const labels = { bot: definition.name, env, instance: `${env}-1` }
    const lines = join(folder, 'lines')
    const log = keepsLogs(definition) ? logPrograms(definition, { topology, lines, data: folder, labels }) : null
    await put(join(folder, 'out'), withTelegramAt(phone.url, await generatedFiles(resolve(definition, topology).model)))
    await put(
      topology.secrets,
      new Map(secretsOf(definition).map((secret) => [secret.name, standIn(phone, secret.name, secret.channel)])),
    )

    const bot = await started(
      startBot(definition.name, {
        env: { ...statesIn(folder), ...(log === null ? {} : { LOGS: lines }), ...fixed },
        ...watchdogFor({ alertmanager: alertmanagerAt, labels }, [
          ...['--contract', join(folder, 'out/contract.json')],
          ...watchdog,
        ]),
      }),
    )
    await writeFile(topology.targets, targetsFile({ ...labels, address: new URL(bot.metricsUrl).host }))
    const nodeExporter = await started(startNodeExporter({ address: nodeAt }))
    const relay = await started(
      startRelay({ folder: join(folder, 'out/relay'), data: join(folder, 'relay'), address: relayAt }),
    )
    const alertmanager = await started(
      startAlertmanager({
        configFile: join(folder, 'out/alertmanager/alertmanager.yml'),
        dataDir: join(folder, 'alertmanager'),
        address: alertmanagerAt,
        // it is new, so no alert of a previous run can be reported as resolved: the start delay is left out
        args: alertmanagerFlags,
      }),
    )
    const prometheus = await started(
      startPrometheus({
        configFile: join(folder, 'out/prometheus/prometheus.yml'),
        dataDir: join(folder, 'prometheus'),
        address: prometheusAt,
        args: [...prometheusAlertFlags, ...(log === null ? [] : ['--web.enable-remote-write-receiver'])],
      }),
    )
    const victoriaLogs = log === null ? null : await started(log.victoriaLogs())
    if (log !== null) {
      await started(log.vlagent())
      await started(log.vmalert())
    }
    return {
      folder: join(folder, 'out'),
      bot,
      prometheus,
      alertmanager,
      nodeExporter,
      relay,
      victoriaLogs,
      phone,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Supervised {
  readonly definition: Bot
  /** The addresses of the bot: what a watchdog restarts must be found where it was. */
  readonly fixed: Readonly<Record<string, string>>
  /** The options of its watchdog, if it has one. */
  readonly watchdogFor: (
    told: Pick<WatchdogPlace, 'alertmanager' | 'labels'>,
    more: readonly string[],
  ) => { readonly watchdog?: readonly string[] }
}

/** A bot with its watchdog on a free port. */
async function supervised(declared: Bot): Promise<Supervised> {
  const { watchdog } = declared
  if (watchdog === null) return { definition: declared, fixed: {}, watchdogFor: () => ({}) }
  const [listen, metrics, faults] = await Promise.all([freeAddress(), freeAddress(), freeAddress()])
  return {
    definition: { ...declared, watchdog: { ...watchdog, port: portOf(listen) } },
    fixed: { PORT: `${portOf(metrics)}`, FAULTS_PORT: `${portOf(faults)}` },
    watchdogFor: (told, more) => ({ watchdog: [...watchdogFlags(watchdog, { listen, ...told }), ...more] }),
  }
}

const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1))

const configuration = 'alertmanager/alertmanager.yml'
const relayConfiguration = 'relay/relay.json'

/** Points Alertmanager and the relay at the fake Telegram; Discord's URL is a secret and needs no change here. */
function withTelegramAt(url: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const written = readYaml(files.get(configuration) ?? '') as object
  const relay = (files.get(relayConfiguration) ?? '').replaceAll('https://api.telegram.org', url)
  return new Map([
    ...files,
    [configuration, yaml({ global: { telegram_api_url: url }, ...written })],
    [relayConfiguration, relay],
  ])
}

/** A restart by the watchdog continues with the account. */
const statesIn = (folder: string) => ({ STATE: process.env['STATE'] ?? join(folder, 'state') })

async function put(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  for (const [path, text] of files) {
    const at = join(folder, path)
    await mkdir(dirname(at), { recursive: true })
    await writeFile(at, text)
  }
}

/** The value of a secret on the stage: a URL of the fake, or any token. */
function standIn(phone: Phone, name: string, channel: string): string {
  if (channel === 'discord') return `${phone.url}/api/webhooks/1/${name}`
  if (channel === 'dead-mans-switch') return `${phone.url}/dead-mans-switch`
  return name.includes('chat') ? '1000' : '1000:stand-in'
}

import type { Bot } from '../../definitions/language/bot.ts'
import { freeLabelsOf } from '../model/free-labels.ts'
import { listText } from '../text/list-text.ts'

/** A line of `.env`: its name, its default, and what it is for. */
export interface Setting {
  readonly name: string
  /** The default, if the line is missing or empty. */
  readonly otherwise: string
  /** The comment in `.env`. */
  readonly comment: string
}

/** Where the owner's image has its volume: a folder that no image uses for anything else, since a volume hides what newer images have there. */
export const stateFolder = '/state'
/** Where the owner's image has the volume of its log. */
export const botLogFolder = '/logs'

/** A setting as Compose interpolates it. */
export const filledIn = ({ name, otherwise }: Setting): string => `\${${name}:-${otherwise}}`

/** The settings of a bot's stack, with the defaults from its definition: all except the password and those derived from others. */
export const settingsOf = (bot: Bot) => {
  const [env = ''] = Object.keys(bot.environments)
  const { ports } = bot.stack
  const port = (what: string) => `port of ${what} on this machine, on loopback only`
  return Object.freeze({
    env: setting('BOT_ENV', env, `environment that the bot runs in: ${listText(Object.keys(bot.environments), 'or')}`),
    image: setting(
      'BOT_IMAGE',
      '',
      `image of the real bot, to run instead of the paper bot; it must serve /metrics on port ${bot.port} on all addresses, and keeps its state in the folder STATE, on a volume at ${stateFolder} that its user must own; anything else it needs belongs in docker-compose.override.yaml`,
    ),
    target: setting(
      'BOT_TARGET',
      `bot:${bot.port}`,
      'host:port of a bot that runs elsewhere; for a process on this machine use host.docker.internal:PORT, and `make up` says which address it must listen on',
    ),
    instance: setting(
      'BOT_INSTANCE',
      bot.name,
      'name of this process of the bot on dashboards, and in messages if it differs from the name of the bot',
    ),
    gateway: setting(
      'HOST_GATEWAY',
      'host-gateway',
      'address of host.docker.internal, if the container engine does not set it automatically',
    ),
    grafanaUrl: setting(
      'GRAFANA_PUBLIC_URL',
      '',
      'URL at which a phone reaches Grafana, such as https://grafana.example.org; if empty, messages have no links to panels',
    ),
    runbookUrl: setting(
      'RUNBOOK_PUBLIC_URL',
      '',
      'URL at which a phone reaches the folder runbooks/; if empty, messages have no links to runbooks',
    ),
    alertmanagerUrl: setting(
      'ALERTMANAGER_PUBLIC_URL',
      '',
      'URL at which a phone reaches Alertmanager, behind a login of your own; if empty, messages have no links to silences',
    ),
    botPort: setting('BOT_PORT', String(ports.bot), port('the bot in a container')),
    prometheusPort: setting('PROMETHEUS_PORT', String(ports.prometheus), port('Prometheus')),
    alertmanagerPort: setting('ALERTMANAGER_PORT', String(ports.alertmanager), port('Alertmanager')),
    relayPort: setting('RELAY_PORT', String(ports.relay), port('the relay')),
    grafanaPort: setting('GRAFANA_PORT', String(ports.grafana), port('Grafana')),
    nodeExporterPort: setting('NODE_EXPORTER_PORT', String(ports.nodeExporter), port('node exporter')),
    logsPort: setting(logsPortName, String(ports.logs ?? 9428), port('VictoriaLogs')),
    logs: setting(
      'BOT_LOGS',
      'bot-logs',
      'folder on this machine where a bot outside the stack writes its log as *.jsonl, such as /var/log/trading; by default the volume where the bot in the stack writes it',
    ),
    logsGroup: setting(
      'BOT_LOGS_GROUP',
      '1000',
      'number of the group that may read the files of the log, as `stat -c %g` prints it',
    ),
    faults: setting('FAULTS', '0', '1 allows switching on faults in the paper bot, only from inside its container'),
    nodeOptions: setting('BOT_NODE_OPTIONS', '', 'Node.js options for the paper bot'),
    repository: setting('BOTWATCH_FOLDER', '../..', 'clone of botwatch that contains the paper bot'),
  })
}

/** The settings for the free labels of the stack's own process, by label. */
export const labelSettingsOf = (bot: Bot): Readonly<Record<string, Setting>> =>
  Object.freeze(
    Object.fromEntries(
      freeLabelsOf(bot).map((label) => [
        label,
        setting(`BOT_LABEL_${label.toUpperCase()}`, '', `${label} of this process of the bot`),
      ]),
    ),
  )

/** The setting for the port on which VictoriaLogs listens. */
export const logsPortName = 'VICTORIA_LOGS_PORT'

/** Grafana's password has no default: nothing starts without it. */
export const password = 'GRAFANA_PASSWORD'

const setting = (name: string, otherwise: string, comment: string): Setting => ({ name, otherwise, comment })

/** The profile of the paper bot as Compose fills it in: it has an active name only in place of a real bot, and never as live. */
export const paperProfile = (bot: Bot): string => {
  const { env, image, target } = settingsOf(bot)
  return `${paperAs(filledIn(env))}\${${image.name}:+-replaced}\${${target.name}:+-replaced}`
}

/** The profile of the owner's image as Compose fills it in: it is active only if there is an image. */
export const imageProfile = (bot: Bot): string => `bot-\${${settingsOf(bot).image.name}:+from-image}`

/** The profiles in which a bot may run; which of them has a bot follows from the settings, whatever their order. */
export const activeProfiles = (bot: Bot): readonly string[] => [
  ...Object.keys(bot.environments)
    .filter((env) => env !== liveEnvironment)
    .map(paperAs),
  'bot-from-image',
]

/** The environment in which real money is at stake: a paper bot never runs in it. */
export const liveEnvironment = 'live'

const paperAs = (env: string) => `paper-bot-as-${env}`

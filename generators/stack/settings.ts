import type { Bot } from '../../definitions/language/bot.ts'
import { freeLabelsOf } from '../model/free-labels.ts'

/** A line of `.env`: what it is called, what holds without it, and what it is for. */
export interface Setting {
  readonly name: string
  /** What holds where the line is missing or empty. */
  readonly otherwise: string
  /** What `.env` says of it. */
  readonly comment: string
}

/** A setting as Compose fills it in. */
export const filledIn = ({ name, otherwise }: Setting): string => `\${${name}:-${otherwise}}`

/** The settings of a bot's stack, with the defaults that its definition gives: all but the password and what follows from others. */
export const settingsOf = (bot: Bot) => {
  const [env = ''] = Object.keys(bot.environments)
  const { ports } = bot.stack
  const port = (what: string) => `port of ${what} on this machine, on loopback only`
  return Object.freeze({
    env: setting('BOT_ENV', env, `which environment the bot runs in: ${Object.keys(bot.environments).join(' or ')}`),
    image: setting(
      'BOT_IMAGE',
      '',
      `an image of the real bot instead of the paper bot; it serves /metrics on port ${bot.port}, on all addresses; its environment and volumes belong into docker-compose.override.yaml`,
    ),
    target: setting(
      'BOT_TARGET',
      `bot:${bot.port}`,
      'host:port of a bot that runs elsewhere; a process on this machine is host.docker.internal:PORT, and `make up` says on which address it has to listen',
    ),
    instance: setting(
      'BOT_INSTANCE',
      bot.name,
      'what this process of the bot is called on dashboards, and in messages where that is another name than the bot has',
    ),
    gateway: setting(
      'HOST_GATEWAY',
      'host-gateway',
      'the address behind host.docker.internal, where the container engine does not know it by itself',
    ),
    grafanaUrl: setting(
      'GRAFANA_PUBLIC_URL',
      '',
      'where a phone reaches Grafana, such as https://grafana.example.org; empty: messages have no links to panels',
    ),
    runbookUrl: setting(
      'RUNBOOK_PUBLIC_URL',
      '',
      'where a phone reaches the folder runbooks/; empty: messages have no links to runbooks',
    ),
    botPort: setting('BOT_PORT', String(ports.bot), port('the bot in a container')),
    prometheusPort: setting('PROMETHEUS_PORT', String(ports.prometheus), port('Prometheus')),
    alertmanagerPort: setting('ALERTMANAGER_PORT', String(ports.alertmanager), port('Alertmanager')),
    grafanaPort: setting('GRAFANA_PORT', String(ports.grafana), port('Grafana')),
    nodeExporterPort: setting('NODE_EXPORTER_PORT', String(ports.nodeExporter), port('node exporter')),
    faults: setting('FAULTS', '0', '1 lets faults be switched on in the paper bot, from inside its container only'),
    nodeOptions: setting('BOT_NODE_OPTIONS', '', 'options of Node.js for the paper bot'),
    repository: setting('BOTWATCH_FOLDER', '../..', 'the clone of botwatch that has the paper bot'),
  })
}

/** What the stack's own process has of the labels that the owner's other targets carry, by label. */
export const labelSettingsOf = (bot: Bot): Readonly<Record<string, Setting>> =>
  Object.freeze(
    Object.fromEntries(
      freeLabelsOf(bot).map((label) => [
        label,
        setting(`BOT_LABEL_${label.toUpperCase()}`, '', `the ${label} of this process of the bot`),
      ]),
    ),
  )

/** Grafana's password has no default: without it nothing starts. */
export const password = 'GRAFANA_PASSWORD'

const setting = (name: string, otherwise: string, comment: string): Setting => ({ name, otherwise, comment })

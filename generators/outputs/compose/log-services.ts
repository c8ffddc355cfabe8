import type { Model } from '../../model/model.ts'
import { victoriaLogsFlags, vlagentFlags, vmalertFlags } from '../../stack/logs.ts'
import { filledIn, labelSettingsOf, settingsOf } from '../../stack/settings.ts'
import {
  asks,
  bindMount,
  common,
  confinement,
  healthcheck,
  nobodyUser,
  portMapping,
  portOf,
  writableByAll,
} from './service-parts.ts'

/** VictoriaLogs, the store of log lines. */
export function victoriaLogsService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  const port = portOf(topology.victoriaLogs)
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.victoriaLogs,
    user: nobodyUser,
    command: [`-storageDataPath=${writableByAll}/victoria-logs`, `-httpListenAddr=:${port}`, ...victoriaLogsFlags(bot)],
    volumes: [`victoria-logs-data:${writableByAll}`],
    tmpfs: ['/tmp'],
    ports: [portMapping(settings.logsPort, port)],
    healthcheck: healthcheck(asks(port, '/health')),
    stop_grace_period: '1m',
  }
}

/** vlagent, which reads the files of the log and keeps lines on disk while the store is down. */
export function vlagentService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  const port = portOf(topology.vlagent)
  const env = filledIn(settings.env)
  const free = Object.entries(labelSettingsOf(bot)).map(([label, setting]) => [label, filledIn(setting)] as const)
  const labels = { bot: bot.name, env, instance: filledIn(settings.instance), ...Object.fromEntries(free) }
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.vlagent,
    // the owner and the group of the files may read them, nobodyUser else
    user: `65534:${filledIn(settings.logsGroup)}`,
    command: [
      `-tmpDataPath=${writableByAll}/vlagent`,
      `-httpListenAddr=:${port}`,
      // a bot outside the stack writes into the folder itself
      ...['/bot-logs', `/bot-logs/${env}`, `/paper-bot-logs/${env}`].map(
        (folder) => `-fileCollector.glob=${folder}/*.jsonl`,
      ),
      ...vlagentFlags(topology.victoriaLogs, labels),
    ],
    volumes: [
      `${filledIn(settings.logs)}:/bot-logs:ro`,
      'paper-bot-logs:/paper-bot-logs:ro',
      `vlagent-data:${writableByAll}`,
    ],
    tmpfs: ['/tmp'],
    healthcheck: healthcheck(asks(port, '/health')),
  }
}

/** vmalert, which evaluates alerts on log lines. */
export function vmalertService({ bot, topology }: Model): object {
  const settings = settingsOf(bot)
  const port = portOf(topology.vmalert)
  return {
    ...common,
    ...confinement,
    read_only: true,
    image: bot.stack.images.vmalert,
    user: nobodyUser,
    command: [
      `-httpListenAddr=:${port}`,
      ...vmalertFlags(bot, {
        folder: topology.vmalertFolder,
        store: topology.victoriaLogs,
        prometheus: topology.prometheus,
      }),
      `-external.label=grafana_url=${filledIn(settings.grafanaUrl)}`,
      `-external.label=runbook_url=${filledIn(settings.runbookUrl)}`,
    ],
    environment: { BOT_ENV: filledIn(settings.env), BOT_INSTANCE: filledIn(settings.instance) },
    volumes: [bindMount('./logs', topology.vmalertFolder)],
    tmpfs: ['/tmp'],
    healthcheck: healthcheck(asks(port, '/health')),
  }
}

/** Installs the data source's plugin before Grafana starts. Without internet it fails, and Grafana starts with metrics only. */
export function grafanaPluginService({ bot }: Model): object {
  const plugin = '/var/lib/grafana/plugins/victoriametrics-logs-datasource'
  return {
    ...common,
    ...confinement,
    restart: 'no',
    image: bot.stack.images.grafana,
    user: '472:0',
    entrypoint: ['sh', '-c'],
    command: [
      `grep -qs '"version": *"${pluginVersion}"' ${plugin}/plugin.json || grafana cli --pluginsDir /var/lib/grafana/plugins plugins install victoriametrics-logs-datasource ${pluginVersion} || echo 'the panels of the log need its plugin, and so internet once'`,
    ],
    volumes: ['grafana-data:/var/lib/grafana'],
  }
}

/** The version of the data source's plugin whose queries the dashboards use. */
export const pluginVersion = '0.30.1'

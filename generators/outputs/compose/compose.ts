import type { Files, Model } from '../../model/model.ts'
import { keepsLogs } from '../../stack/logs.ts'
import { deliversMessages } from '../../stack/relay.ts'
import { filledIn, labelSettingsOf, settingsOf } from '../../stack/settings.ts'
import { targetsFile } from '../../stack/targets.ts'
import { yamlFile } from '../../text/yaml.ts'
import { grafanaPluginService, victoriaLogsService, vlagentService, vmalertService } from './log-services.ts'
import { paperBotService } from './paper-bot.ts'
import { restartOutput } from './restart.ts'
import {
  alertmanagerService,
  botService,
  grafanaService,
  nodeExporterService,
  prometheusService,
  relayService,
} from './services.ts'

/** docker-compose.yaml: the bot and everything that monitors it; restart/: what a bot outside it needs to announce its restarts. */
export function composeOutput(model: Model): Files {
  const { bot } = model
  const settings = settingsOf(bot)
  const env = filledIn(settings.env)
  const instance = filledIn(settings.instance)
  const address = filledIn(settings.target)
  const labels = Object.fromEntries(
    Object.entries(labelSettingsOf(bot)).map(([label, setting]) => [label, filledIn(setting)]),
  )
  const relays = deliversMessages(bot)
  const logs = keepsLogs(bot)
  const stack = {
    name: bot.stack.project,
    services: {
      'paper-bot': paperBotService(model),
      bot: botService(model),
      prometheus: prometheusService(model),
      alertmanager: alertmanagerService(model),
      ...(relays ? { relay: relayService(model) } : {}),
      grafana: grafanaService(model),
      ...(logs
        ? {
            'grafana-plugin': grafanaPluginService(model),
            'victoria-logs': victoriaLogsService(model),
            vlagent: vlagentService(model),
            vmalert: vmalertService(model),
          }
        : {}),
      'node-exporter': nodeExporterService(model),
    },
    configs: { targets: { content: targetsFile({ bot: bot.name, env, instance, address, labels }) } },
    volumes: {
      'paper-bot-data': {},
      'bot-data': {},
      'prometheus-data': {},
      'alertmanager-data': {},
      ...(relays ? { 'relay-data': {} } : {}),
      'grafana-data': {},
      ...(logs ? { 'paper-bot-logs': {}, 'bot-logs': {}, 'victoria-logs-data': {}, 'vlagent-data': {} } : {}),
    },
    // for the commands that work on a running stack
    'x-botwatch': { env, instance, target: address, image: filledIn(settings.image) },
  }
  return new Map([
    ...restartOutput(model),
    [
      'docker-compose.yaml',
      yamlFile(
        stack,
        '`make up` writes .env and the secret files once, then starts this stack; .env.example lists the settings.',
        'At most one of the two bots runs: the profile of each follows from BOT_IMAGE, BOT_TARGET and BOT_ENV, and the paper bot has none as live.',
      ),
    ],
  ])
}

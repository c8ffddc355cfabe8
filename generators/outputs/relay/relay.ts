import type { Channel } from '../../../definitions/language/stack.ts'
import type { AlertRule, Files, Model } from '../../model/model.ts'
import { ruleAnnotations } from '../../model/rule-groups.ts'
import { arrivesEvery, awayLimit, quietLimit, startLimit } from '../../stack/alert-timing.ts'
import { logSilence, logSilenceSteps } from '../../stack/log-silence.ts'
import { keepsLogs, logEvaluator, logWatchdog } from '../../stack/logs.ts'
import { deliversMessages, relayChannel } from '../../stack/relay.ts'
import { channelsOf, discordWebhook, telegramChat, telegramToken } from '../../stack/secrets.ts'
import { hiddenLines } from './hidden-lines.ts'
import { mutedAlerts } from './muted-alerts.ts'
import type { ChannelConfig, RelayConfig } from './program/config.ts'
import { programFiles } from './program-files.ts'

/** relay/: the program that delivers Alertmanager's messages, and its configuration. */
export function relayOutput(model: Model): Files {
  const silence = model.alerts.find(({ of }) => of.of === 'posted')
  if (!deliversMessages(model.bot) || silence === undefined) return new Map()
  return new Map([
    ['relay/relay.json', `${JSON.stringify(configuration(model, silence), null, 2)}\n`],
    // the program is TypeScript in modules, which Node.js runs natively since 22.18
    ['relay/package.json', `${JSON.stringify({ private: true, type: 'module' })}\n`],
    ...programFiles().map(([name, text]): readonly [string, string] => [`relay/${name}`, text]),
  ])
}

function configuration(model: Model, silence: AlertRule): RelayConfig {
  const { bot, topology } = model
  const watchdog = model.alerts.find(({ of }) => of.of === 'watchdog')
  const limits = { every: arrivesEvery(bot), awayLimit, quietLimit: quietLimit(bot), startLimit: startLimit(bot) }
  const { description = '', steps = '' } = ruleAnnotations(model, silence)
  return {
    bot: bot.name,
    alertmanager: `http://${topology.alertmanager}`,
    channels: Object.keys(bot.environments).flatMap((env) =>
      channelsOf(bot, env).map((channel) => channelConfig(model, channel, env)),
    ),
    sources: [
      ...(watchdog === undefined
        ? []
        : [
            {
              name: 'prometheus',
              title: 'Prometheus',
              watchdog: { alertname: watchdog.name, bot: bot.name },
              labels: {},
              ...limits,
              health: [`http://${topology.prometheus}/-/ready`],
            },
          ]),
      ...(keepsLogs(bot)
        ? [
            {
              name: logEvaluator,
              title: logEvaluator,
              watchdog: { alertname: logWatchdog, bot: bot.name, evaluator: logEvaluator },
              labels: { evaluator: logEvaluator },
              alerts: model.alerts.filter(({ of }) => of.lines !== null).map(({ name }) => name),
              hiding: hiddenLines(model),
              texts: {
                unwatched: `the log of ${bot.name}`,
                description: logSilence,
                steps: logSilenceSteps
                  .slice(0, 2)
                  .map((step, i) => `${i + 1}. ${step}`)
                  .join('\n'),
              },
              ...limits,
              health: [`http://${topology.vmalert}/health`],
            },
          ]
        : []),
    ],
    silence: {
      labels: { alertname: silence.name, bot: bot.name, severity: silence.severity },
      description,
      steps,
      runbook: `${silence.name}.md`,
    },
    relayDown: model.alerts.find(({ of }) => of.direct)?.name ?? '',
    muted: mutedAlerts(model),
    events: model.alerts.filter(({ of }) => of.event).map(({ name }) => name),
    hosts: [topology.relay],
  }
}

function channelConfig({ topology }: Model, channel: Channel, env: string): ChannelConfig {
  const name = relayChannel(channel, env)
  const secret = (file: string) => `${topology.secrets}/${file}`
  switch (channel) {
    case 'telegram':
      return {
        name,
        kind: 'telegram',
        api: 'https://api.telegram.org',
        tokenFile: secret(telegramToken),
        chatFile: secret(telegramChat(env)),
      }
    case 'discord':
      return { name, kind: 'discord', webhookFile: secret(discordWebhook(env)) }
  }
}

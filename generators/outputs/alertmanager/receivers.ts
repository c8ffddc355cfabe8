import { type Severity, severities } from '../../../definitions/language/severity.ts'
import type { Channel } from '../../../definitions/language/stack.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import type { Topology } from '../../model/topology.ts'
import { deliversMessages, relayChannel } from '../../stack/relay.ts'
import {
  channelsOf,
  deadMansSwitchUrl,
  discordWebhook,
  type IsFilled,
  secretsFor,
  telegramChat,
  telegramToken,
} from '../../stack/secrets.ts'

/** Sends to every channel of every environment: for alerts that no other route matches. */
export const everybody = 'everybody'
/** Sends nothing: for alerts that no person should read. */
export const nobody = 'nobody'
const deadMansSwitch = 'dead-mans-switch'
/** Sends to every channel without the relay, and no RESOLVED: the relay reports its return, as long as somebody evaluates. */
export const direct = 'direct'

/** The receiver of a severity in an environment, with those channels that have their secrets. */
export const receiverOf = ({ bot }: Model, env: string, severity: Severity, isFilled: IsFilled): string =>
  tellable(bot.environments[env]?.tell[severity] ?? [], env, isFilled).length === 0 ? nobody : `${env}-${severity}`

/** The receiver of events over the same channels: without RESOLVED, since what happened has no end. */
export const ofEvents = (receiver: string): string => (receiver === nobody ? nobody : `${receiver}-events`)

/** The receiver of the watchdog. */
export const watcherOf = ({ bot }: Model, isFilled: IsFilled): string =>
  bot.stack.deadMansSwitch && isFilled(deadMansSwitchUrl) ? deadMansSwitch : nobody

const tellable = (channels: readonly Channel[], env: string, isFilled: IsFilled) =>
  channels.filter((channel) => secretsFor(channel, env).every(isFilled))

/** Exactly the receivers that routes name; a channel without a secret is left out, since every message over it would fail. */
export function receivers(model: Model, isFilled: IsFilled): readonly object[] {
  const { bot, topology } = model
  const envs = Object.keys(bot.environments)
  const events = model.alerts.filter((alert) => alert.of.event && !isDirect(model, alert))
  const told = envs.flatMap((env) =>
    severities
      .filter((severity) => receiverOf(model, env, severity, isFilled) !== nobody)
      .map((severity) => ({
        name: receiverOf(model, env, severity, isFilled),
        hasEvents: events.some((alert) => alert.severity === severity && !alert.of.everywhere),
        to: [{ env, severity, channels: tellable(bot.environments[env]?.tell[severity] ?? [], env, isFilled) }],
      })),
  )
  const all = {
    name: everybody,
    hasEvents: events.some(({ of }) => of.everywhere),
    to: envs.map((env) => ({
      env,
      severity: 'critical' as const,
      channels: tellable(channelsOf(bot, env), env, isFilled),
    })),
  }
  const sender = deliversMessages(bot) ? throughRelay : native
  return [
    ...[all, ...told].flatMap(({ name, hasEvents, to }) => [
      { name, ...sender(topology, to, true) },
      ...(hasEvents ? [{ name: ofEvents(name), ...sender(topology, to, false) }] : []),
    ]),
    ...(sendsDirectly(model) ? [{ name: direct, ...native(topology, all.to, false) }] : []),
    { name: nobody },
    ...(watcherOf(model, isFilled) === deadMansSwitch
      ? [
          {
            name: deadMansSwitch,
            webhook_configs: [{ url_file: `${topology.secrets}/${deadMansSwitchUrl}`, send_resolved: false }],
          },
        ]
      : []),
  ]
}

/** Whether an alert of the bot is sent past the relay. */
const sendsDirectly = ({ bot, alerts }: Model): boolean => deliversMessages(bot) && alerts.some(({ of }) => of.direct)

export const isDirect = (model: Model, { of }: AlertRule): boolean => of.direct && sendsDirectly(model)

/** Alertmanager's own integrations: a channel that does not answer keeps the others waiting. */
const native = (topology: Topology, to: readonly To[], resolves: boolean): object => ({
  ...configs('telegram', to, ({ env, severity }) => ({
    bot_token_file: `${topology.secrets}/${telegramToken}`,
    chat_id_file: `${topology.secrets}/${telegramChat(env)}`,
    parse_mode: 'HTML',
    message: template('telegram'),
    // only a critical message may wake somebody
    ...(severity !== 'critical' ? { disable_notifications: true } : {}),
    send_resolved: resolves,
  })),
  ...configs('discord', to, ({ env }) => ({
    webhook_url_file: `${topology.secrets}/${discordWebhook(env)}`,
    title: template('discord.title'),
    message: template('discord.message'),
    send_resolved: resolves,
  })),
})

/** The relay takes a message at once, for each channel separately, and delivers it on its own. */
function throughRelay({ relay }: Topology, to: readonly To[], resolves: boolean): object {
  const hooks = to.flatMap(({ env, severity, channels }) =>
    channels.map((channel) => ({
      url: `http://${relay}/channels/${relayChannel(channel, env)}`,
      timeout: '10s',
      send_resolved: resolves,
      // Alertmanager would read a text as YAML, if it can: a word and a colon would become a map
      payload: {
        key: `@${groupKey}`,
        status: '@{{ .Status }}',
        title: `@${templates[channel].title}`,
        text: `@${templates[channel].text}`,
        silent: `@${channel !== 'telegram' ? 'no' : severity === 'critical' ? '{{ if eq .Status "firing" }}no{{ else }}yes{{ end }}' : 'yes'}`,
      },
    })),
  )
  return hooks.length === 0 ? {} : { webhook_configs: hooks }
}

const template = (name: string) => `{{ template "${name}" . }}`
const templates: Readonly<Record<Channel, { readonly title: string; readonly text: string }>> = {
  telegram: { title: '', text: template('telegram') },
  discord: { title: template('discord.title'), text: template('discord.message') },
}
/** The labels of the group, a line each, and the severity: routes of different severities have groups of the same labels. */
const groupKey =
  '{{ range .GroupLabels.SortedPairs }}{{ .Name }}={{ .Value }}{{ "\\n" }}{{ end }}severity={{ .CommonLabels.severity }}'

interface To {
  readonly env: string
  readonly severity: Severity
  readonly channels: readonly Channel[]
}
function configs(channel: Channel, to: readonly To[], config: (to: To) => object): object {
  const made = to.filter(({ channels }) => channels.includes(channel)).map(config)
  return made.length === 0 ? {} : { [`${channel}_configs`]: made }
}

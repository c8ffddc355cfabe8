import type { Bot } from '../../definitions/language/bot.ts'
import { severities } from '../../definitions/language/severity.ts'
import type { Channel } from '../../definitions/language/stack.ts'

/** A file that holds one secret; a line break at its end does not matter. */
export interface Secret {
  /** The file's name in the folder of secrets. */
  readonly name: string
  readonly channel: Channel | 'dead-mans-switch'
  /** What its content is, for a person. */
  readonly what: string
  /** The environments whose messages need it; empty if it belongs to none. */
  readonly envs: readonly string[]
}

/** Where they are in a bot's folder. The parent folder is closed to other users, since the files themselves must be readable by the servers' users. */
export const secretsFolder = 'secrets/alertmanager'

export const telegramToken = 'telegram-bot-token'
export const telegramChat = (env: string) => `telegram-chat-${env}`
export const discordWebhook = (env: string) => `discord-webhook-${env}`
export const deadMansSwitchUrl = 'dead-mans-switch-url'

/** Next to them: Alertmanager's configuration for the secrets that are filled in. Commands write it, since only they can see which are. */
export const filledConfig = 'alertmanager.yml'
/** The same for Grafana, if it manages the bot's alerts. */
export const filledDelivery = 'grafana-delivery.yml'

/** The secrets that a channel needs for an environment. */
export const secretsFor = (channel: Channel, env: string): readonly string[] => secretNames[channel](env)

const secretNames: Readonly<Record<Channel, (env: string) => readonly string[]>> = {
  telegram: (env) => [telegramToken, telegramChat(env)],
  discord: (env) => [discordWebhook(env)],
}

/** Whether a secret is filled in, by the name of its file. */
export type IsFilled = (secret: string) => boolean

/** The channels that are notified of anything in an environment, each once. */
export const channelsOf = (bot: Bot, env: string): readonly Channel[] => {
  const tell = bot.environments[env]?.tell
  return tell === undefined ? [] : [...new Set(severities.flatMap((severity) => tell[severity]))].sort()
}

/** Every secret that the messages of a bot need. */
export function secretsOf(bot: Bot): readonly Secret[] {
  const envs = Object.keys(bot.environments)
  const [telegram, discord] = (['telegram', 'discord'] as const).map((channel) =>
    envs.filter((env) => channelsOf(bot, env).includes(channel)),
  ) as [string[], string[]]
  const secrets: readonly Secret[] = [
    ...(telegram.length === 0
      ? []
      : [
          {
            name: telegramToken,
            channel: 'telegram',
            what: "the Telegram bot's token from @BotFather",
            envs: telegram,
          } as const,
        ]),
    ...telegram.map(
      (env) =>
        ({
          name: telegramChat(env),
          channel: 'telegram',
          what: `the numeric id of the Telegram chat for ${env}`,
          envs: [env],
        }) as const,
    ),
    ...discord.map(
      (env) =>
        ({
          name: discordWebhook(env),
          channel: 'discord',
          what: `the URL of the Discord webhook for ${env}`,
          envs: [env],
        }) as const,
    ),
    ...(bot.stack.deadMansSwitch
      ? [
          {
            name: deadMansSwitchUrl,
            channel: 'dead-mans-switch',
            what: "the ping URL of an external dead man's switch",
            envs: [],
          } as const,
        ]
      : []),
  ]
  return Object.freeze(secrets.map((secret) => Object.freeze(secret)))
}

/** The one secret that Prometheus reads, if the bot requires it; it is kept apart from those of the channels. */
export const scrapeSecretOf = ({ auth }: Pick<Bot, 'auth'>) =>
  auth === null
    ? null
    : Object.freeze({ folder: 'secrets/prometheus', name: auth === 'token' ? 'metrics-token' : 'metrics-password' })

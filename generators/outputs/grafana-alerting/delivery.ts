import { type Severity, severities } from '../../../definitions/language/severity.ts'
import type { Channel } from '../../../definitions/language/stack.ts'
import { freeLabelsOf } from '../../model/free-labels.ts'
import { grafanaManaged } from '../../model/grafana-managed.ts'
import type { AlertRule, Model } from '../../model/model.ts'
import { timingOf, timingsOf } from '../../model/timing-classes.ts'
import { groupWait } from '../../stack/alert-timing.ts'
import {
  channelsOf,
  discordWebhook,
  type IsFilled,
  secretsFor,
  telegramChat,
  telegramToken,
} from '../../stack/secrets.ts'
import { verbatim } from '../../text/verbatim.ts'
import { uidOf } from './uid.ts'

/** Sends to every channel of every environment. */
const everybody = 'everybody'
/** Sends nothing. */
const nobody = 'nobody'
/** The mute timing of what nobody reads: Grafana accepts no contact point that sends nothing. */
const always = 'always'

interface To {
  readonly env: string
  readonly severity: Severity
  readonly channels: readonly Channel[]
}

interface ContactPoint {
  readonly name: string
  readonly to: readonly To[]
}

/** Contact points, notification policies and mute timings, with those channels that have their secrets. */
export function deliveryOf(model: Model, isFilled: IsFilled): object {
  const { bot } = model
  const alerts = grafanaManaged(model)
  const filled = (channels: readonly Channel[], env: string) =>
    channels.filter((channel) => secretsFor(channel, env).every(isFilled))
  const envs = Object.keys(bot.environments)
  const all: ContactPoint = {
    name: everybody,
    to: envs.map((env) => ({ env, severity: 'critical', channels: filled(channelsOf(bot, env), env) })),
  }
  const points: readonly ContactPoint[] = [
    all,
    ...envs.flatMap((env) =>
      severities.map((severity) => ({
        name: `${env}-${severity}`,
        to: [{ env, severity, channels: filled(bot.environments[env]?.tell[severity] ?? [], env) }],
      })),
    ),
  ]
  const reached = new Set(points.filter(({ to }) => to.some(({ channels }) => channels.length > 0)).map((p) => p.name))
  const pointOf = (name: string, event: boolean) =>
    reached.has(name) ? { receiver: event ? `${name}-events` : name } : silent
  return {
    apiVersion: 1,
    contactPoints: [
      ...points
        .filter(({ name }) => reached.has(name))
        .flatMap(({ name, to }) => [
          contactPoint(model, name, to, true),
          ...(hasEvents(alerts, name) ? [contactPoint(model, `${name}-events`, to, false)] : []),
        ]),
      nobodyPoint(model),
    ],
    policies: [
      {
        orgId: 1,
        ...pointOf(everybody, false),
        ...groups(model),
        routes: [
          // the silence of Prometheus is reported by the sentinel, a rule that fails by the alert on Prometheus' own rules
          { object_matchers: [['alertname', '=~', 'DatasourceError|DatasourceNoData']], ...silent },
          ...alerts
            .filter(({ of }) => of.everywhere)
            .map((alert) => ({
              object_matchers: [['alertname', '=', alert.name]],
              ...pointOf(everybody, alert.of.event),
              ...timingOf(alert),
            })),
          ...envs.flatMap((env) => severities.flatMap((severity) => policiesOf(alerts, env, severity, pointOf))),
        ],
      },
    ],
    muteTimes: [{ orgId: 1, name: always, time_intervals: [{ times: [{ start_time: '00:00', end_time: '24:00' }] }] }],
  }
}

const silent = Object.freeze({ receiver: nobody, mute_time_intervals: [always] })

const hasEvents = (alerts: readonly AlertRule[], point: string): boolean =>
  alerts.some(({ of, severity }) => of.event && (point === everybody ? of.everywhere : point.endsWith(`-${severity}`)))

const groups = ({ bot }: Model) => ({
  group_by: ['alertname', 'bot', 'env', 'instance', ...freeLabelsOf(bot)],
  group_wait: `${groupWait}s`,
  group_interval: '5m',
  repeat_interval: '3h57m30s',
})

/** One policy for each timing: a cooldown is the group interval of the policy that an alert matches. */
const policiesOf = (
  alerts: readonly AlertRule[],
  env: string,
  severity: Severity,
  pointOf: (name: string, event: boolean) => object,
): readonly object[] =>
  timingsOf(alerts.filter((alert) => alert.severity === severity && !alert.of.everywhere)).map(
    ({ event, alerts: names, group_interval, repeat_interval }) => ({
      object_matchers: [
        ['env', '=', env],
        ['alertname', '=~', names.map(verbatim).join('|')],
      ],
      ...pointOf(`${env}-${severity}`, event),
      group_interval,
      repeat_interval,
    }),
  )

const contactPoint = ({ bot, topology }: Model, name: string, to: readonly To[], resolves: boolean) => ({
  orgId: 1,
  name,
  receivers: to.flatMap(({ env, severity, channels }) =>
    channels.map((channel) => ({
      uid: uidOf(`${bot.name}-${name}-${env}-${channel}`),
      type: channel,
      settings: settingsOf(channel, env, severity, (secret) => `$__file{${topology.secrets}/${secret}}`),
      disableResolveMessage: !resolves,
    })),
  ),
})

function settingsOf(channel: Channel, env: string, severity: Severity, secret: (name: string) => string): object {
  switch (channel) {
    case 'telegram':
      return {
        bottoken: secret(telegramToken),
        chatid: secret(telegramChat(env)),
        parse_mode: 'HTML',
        message: template('telegram'),
        // only a critical message may wake somebody
        disable_notification: severity !== 'critical',
      }
    case 'discord':
      return {
        url: secret(discordWebhook(env)),
        title: template('discord.title'),
        message: template('discord.message'),
      }
  }
}

const template = (name: string) => `{{ template "${name}" . }}`

const nobodyPoint = ({ bot }: Model) => ({
  orgId: 1,
  name: nobody,
  receivers: [
    {
      uid: uidOf(`${bot.name}-${nobody}`),
      type: 'email',
      settings: { addresses: 'nobody@localhost' },
      disableResolveMessage: true,
    },
  ],
})

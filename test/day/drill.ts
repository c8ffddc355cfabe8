import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { smallBot } from '../fixtures/small-bot.ts'
import type { FiringTime } from './firing.ts'
import type { SentMessage, SilentTime } from './messages.ts'

// Alerts that meet each rule by which Alertmanager sends or holds back a message, within about a minute.

/** The small bot with the same short times for all alerts. */
export function drillBot(): Bot {
  const bot = smallBot()
  const changed = new Map<string, AnyAlert>()
  for (const alert of bot.alerts)
    changed.set(alert.name, {
      ...alert,
      cooldown: '6s',
      remindEvery: '18s',
      mutedBy: alert.mutedBy.map((cause) => changed.get(cause.name) ?? cause),
    })
  return { ...bot, alerts: [...changed.values()] }
}

const fires = (
  alertname: string,
  { env = 'paper', instance, symbol }: { readonly env?: string; readonly instance: string; readonly symbol?: string },
  from: number,
  to: number | null,
): FiringTime => ({
  labels: {
    alertname,
    bot: 'tiny',
    env,
    instance,
    severity: alertname === 'BotDown' ? 'critical' : 'warning',
    ...(symbol === undefined ? {} : { symbol }),
  },
  since: from,
  from,
  to,
})

export const drill: readonly FiringTime[] = [
  // on two channels, with a reminder
  fires('BotDown', { env: 'live', instance: 'one' }, 0, 30),
  // muted from its first message to its end
  fires('HighDrawdown', { env: 'live', instance: 'one', symbol: 'A' }, 1, 22),
  // a group that grows and shrinks
  fires('HighDrawdown', { instance: 'two', symbol: 'A' }, 1, null),
  fires('HighDrawdown', { instance: 'two', symbol: 'B' }, 5, 12),
  // muted and over after it has been reported: RESOLVED waits for what mutes it
  fires('HighDrawdown', { instance: 'three', symbol: 'A' }, 0, 11),
  fires('BotDown', { instance: 'three' }, 5, 21),
  // silenced at first
  fires('Errors', { instance: 'four' }, 2, null),
]

export const drillSilence: SilentTime = { from: 0, to: 12, except: ['BotDown', 'HighDrawdown'] }

/** When the drill is over, in seconds. */
export const drillEnds = 66

/** A message on one line, without its time. */
export const inWords = ({ channel, status, alert, labels }: SentMessage): string =>
  `${channel} ${status} ${alert} ${labels[0]?.['instance']}`

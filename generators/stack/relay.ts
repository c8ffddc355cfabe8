import type { Bot } from '../../definitions/language/bot.ts'
import { milliseconds } from '../../definitions/language/duration.ts'
import type { Channel } from '../../definitions/language/stack.ts'

/** Whether the stack of a bot has a relay, which delivers the messages of its Alertmanager. */
export const deliversMessages = ({ outputs, alertsManagedBy }: Pick<Bot, 'outputs' | 'alertsManagedBy'>): boolean =>
  outputs.includes('alertmanager') && alertsManagedBy === 'prometheus'

/** The name of a channel of an environment, as in the relay's configuration, URLs and metrics. */
export const relayChannel = (channel: Channel, env: string): string => `${channel}-${env}`

/** How often Prometheus sends an alert that keeps firing at the earliest; its default. */
const resendDelay = 60

/** Seconds between two arrivals of an alert that keeps firing: the first evaluation after the resend delay. */
export function arrivesEvery({ stack }: Pick<Bot, 'stack'>): number {
  const evaluate = (milliseconds(stack.evaluate) ?? 15_000) / 1000
  return (Math.floor(resendDelay / evaluate) + 1) * evaluate
}

/** The flags of Alertmanager that do not depend on where it runs. */
export const alertmanagerFlags: readonly string[] = Object.freeze([
  // no cluster: it runs alone
  '--cluster.listen-address=',
  // which of its webhooks is the dead man's switch
  '--enable-feature=receiver-name-in-metrics',
  // how much of what it sent it may forget, and then repeat, if it is killed
  '--data.maintenance-interval=1m',
])

/** How long Alertmanager waits after a start before it sends anything. */
export const startDelay = (bot: Pick<Bot, 'stack'>): string =>
  // after a restart it knows no alert until each is sent again: before that, a muted alert would be reported as resolved
  `--dispatch.start-delay=${arrivesEvery(bot) + 5}s`

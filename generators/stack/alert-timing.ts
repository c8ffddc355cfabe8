import type { Bot } from '../../definitions/language/bot.ts'
import { inSeconds } from '../../definitions/language/duration.ts'

// When an alert is sent, wherever the servers run.

/** How long the first message of a group waits for its other members, in seconds; one evaluation sends all it has at once. */
export const groupWait = 2

/** How often Prometheus sends an alert that keeps firing at the earliest, in seconds. Alertmanager resolves it after four times that. */
export const resendDelay = 45

/** Seconds between two arrivals of an alert that keeps firing: the first evaluation after the resend delay, never the one at it. */
export function arrivesEvery({ stack }: Pick<Bot, 'stack'>): number {
  const evaluate = inSeconds(stack.evaluate) || 10
  return (Math.floor(resendDelay / evaluate) + 1) * evaluate
}

/** How long Prometheus may leave its health URL unanswered before that is reported, in seconds: a planned restart is shorter. */
export const awayLimit = 40

/** How long its Watchdog may stay away before that is reported, in seconds: one alert may get lost on the way. */
export const quietLimit = (bot: Pick<Bot, 'stack'>): number => 2 * arrivesEvery(bot) + 5

/** How long its Watchdog may take after a restart, in seconds: the first may be sent before Prometheus knows its Alertmanager. */
export const startLimit = (bot: Pick<Bot, 'stack'>): number => arrivesEvery(bot) + 20

/** How long it may take to look at Prometheus, in seconds: the pause between two looks, and the time for an answer. */
export const looksWithin = 10

/** The flags of Prometheus about alerts. */
export const prometheusAlertFlags: readonly string[] = Object.freeze([
  `--rules.alert.resend-delay=${resendDelay}s`,
  // By default an alert with a `for` of less than ten minutes begins again after a restart, and what fired is resolved meanwhile.
  '--rules.alert.for-grace-period=0s',
])

/** The flags of Alertmanager that do not depend on where it runs. */
export const alertmanagerFlags: readonly string[] = Object.freeze([
  // no cluster: it runs alone
  '--cluster.listen-address=',
  // which of its webhooks is the dead man's switch
  '--enable-feature=receiver-name-in-metrics',
  // what is over while it is muted is sent as resolved afterwards, as long as it is known
  '--alerts.gc-interval=3h',
  // how much of what it sent it may forget, and then repeat, if it is killed
  '--data.maintenance-interval=1m',
])

/** How long Alertmanager waits after a start before it sends anything. */
export const startDelay = (bot: Pick<Bot, 'stack'>): string =>
  // after a restart it knows no alert until each is sent again: before that, a muted alert would be reported as resolved
  `--dispatch.start-delay=${arrivesEvery(bot) + 5}s`

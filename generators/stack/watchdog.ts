import type { ProcessWatchdog } from '../../definitions/language/bot.ts'

/** Where a watchdog is found, and whom it notifies about which bot. */
export interface WatchdogPlace {
  /** Host and port at which it serves its metrics. */
  readonly listen: string
  /** Host and port of Alertmanager. */
  readonly alertmanager: string
  /** The labels of the process that it restarts. */
  readonly labels: Readonly<Record<'bot' | 'env' | 'instance', string>>
}

/** The options of `botwatch watchdog` for a bot's process: when it restarts it, and whom it tells that it gave up. */
export const watchdogFlags = (
  { silent }: ProcessWatchdog,
  { listen, alertmanager, labels: { bot, env, instance } }: WatchdogPlace,
): readonly string[] => [
  ...['--listen', listen, '--alertmanager', `http://${alertmanager}`],
  ...['--bot', bot, '--env', env, '--instance', instance],
  ...['--silent', silent],
]

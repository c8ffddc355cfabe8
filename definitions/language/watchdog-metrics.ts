import { catalogue } from './catalogue.ts'
import { oneOf } from './label.ts'
import { age, counter, gauge } from './metric.ts'
import { bytes, flag } from './unit.ts'

/** Why the watchdog restarted a bot: its process ended, or it had no heartbeat for too long. */
export const restartReasons = ['ended', 'silent'] as const

/** Metrics of `botwatch watchdog` about itself and its bot; the names are the same for every bot. */
export const watchdogMetrics = catalogue('botwatch_watchdog', {
  running: gauge({ help: 'Whether the bot process is running.', unit: flag, initially: 0, additive: false }),
  beats_total: counter({ help: 'Heartbeats of the bot.' }),
  beat_age_seconds: age({ help: 'Time since the last heartbeat of the bot, or since its start.' }),
  restarts_total: counter({
    help: 'Restarts of the bot, by reason.',
    labels: { reason: oneOf(...restartReasons) },
  }),
  restarts_left: gauge({
    help: 'Restarts left before the watchdog gives up.',
    additive: false,
  }),
  kills_total: counter({ help: 'Times the bot did not stop on SIGTERM and was killed.' }),
  output_dropped_bytes_total: counter({
    help: 'Output of the bot dropped because it was not read in time.',
    unit: bytes,
  }),
})

import { catalogue } from './catalogue.ts'
import { oneOf } from './label.ts'
import { age, counter, gauge } from './metric.ts'
import { bytes, flag } from './unit.ts'

/** Why the watchdog started a bot again: its process ended, or it was silent for too long. */
export const restartReasons = ['ended', 'silent'] as const

/** What `botwatch watchdog` says about itself and the bot under it; the same names for every bot. */
export const watchdogMetrics = catalogue('botwatch_watchdog', {
  running: gauge({ help: 'Whether the process of the bot runs.', unit: flag, initially: 0, additive: false }),
  beats_total: counter({ help: 'Signs of life of the bot.' }),
  beat_age_seconds: age({ help: 'Time since the last sign of life of the bot, or since its start.' }),
  restarts_total: counter({
    help: 'Times that the bot was started again, by why.',
    labels: { reason: oneOf(...restartReasons) },
  }),
  restarts_left: gauge({
    help: 'Restarts that are left before it gives up.',
    additive: false,
  }),
  kills_total: counter({ help: 'Times that the bot did not end when asked and had to be killed.' }),
  output_dropped_bytes_total: counter({
    help: 'Output of the bot thrown away because nobody read it in time.',
    unit: bytes,
  }),
})

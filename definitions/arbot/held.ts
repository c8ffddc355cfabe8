import { last_over_time } from '../language/index.ts'
import { metrics } from './series.ts'

/** What the bot held at its last scrape, also while it is down. */
export const lastHeld = Object.freeze({
  exposure: last_over_time(metrics.gross_exposure_usd.over('1d')),
  openLegs: last_over_time(metrics.open_legs.over('1d')),
  unhedgedLegs: last_over_time(metrics.unhedged_legs.over('1d')),
  unhedgedValue: last_over_time(metrics.unhedged_value_usd.over('1d')),
})

import { bps, minutes, ms, percent, seconds } from '../language/index.ts'

/** What the owner of the accounts decides; those of the document have its values. */
export const limits = Object.freeze({
  /** Reconnects of one exchange in five minutes. */
  reconnects: 3,
  /** One call, one leg and one tick in twenty. */
  latency: { call: ms(500), leg: ms(1000), tick: ms(100) },
  /** Share of signals that is rejected, of at least this many. */
  rejections: { share: percent(80), least: 20 },
  drawdown: percent(5),
  winRate: percent(50),
  /** Errors in five minutes. */
  errors: 10,
  /** Legs that fail one after another on one exchange. */
  failures: 3,
  /** How long the main loop may say nothing. */
  heartbeat: seconds(60),
  /** Net value of one asset, as a share of the capital. */
  exposure: { warning: percent(5), critical: percent(10) },
  /** How long a leg may wait for its counter-leg. */
  unhedged: seconds(30),
  /** Move of prices that liquidates an exchange. */
  liquidation: { critical: percent(5), warning: percent(15) },
  /** Median shortfall of the edge, of at least this many round trips. */
  shortfall: { median: bps(5), least: 20 },
  reconciliationAge: minutes(5),
  /** Age of a reference rate, and its distance from the second source. */
  rate: { age: minutes(5), deviation: percent(1) },
  quoteAge: seconds(2),
  clockOffset: ms(500),
  /** Share of the order limit of an exchange. */
  orders: percent(80),
  /** Share of an asset on one exchange. */
  inventory: percent(90),
  /** Implausible spreads of one strategy in a quarter of an hour. */
  implausible: 3,
})

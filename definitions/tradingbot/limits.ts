import { bps, minutes, ms, percent, seconds } from '../language/index.ts'

/** What the owner of the account decides; those of the document have its values. */
export const limits = Object.freeze({
  /** Fall of the balance from its peak, and its change since the trading day began. */
  drawdown: percent(-5),
  dailyPnl: percent(-3),
  /** Failed calls in a minute, and of one kind in five minutes. */
  apiErrors: { minute: 5, kind: 10 },
  /** Time to a fill: of one in twenty, and of a single one. */
  latency: { p95: ms(3000), single: ms(10_000) },
  /** Slippage of one fill in twenty. */
  slippage: bps(10),
  /** How long the main loop may say nothing. */
  heartbeat: seconds(180),
  /** How old the balance and the last reconciliation may be. */
  balanceAge: minutes(5),
  reconciliationAge: minutes(5),
  /** How long the end of an order may be unknown. */
  unresolved: seconds(60),
  /** How long an order may have no end in the log, and for how long it is looked for; orders that rest longer need a longer time. */
  withoutEnd: { after: '5m', within: '6h' } as const,
  /** Without a fill for this many times the usual gap, and at least this long. */
  noTrades: { gaps: 5, least: minutes(10) },
})

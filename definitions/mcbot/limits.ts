import { bps, percent, type Quantity, score, seconds } from '../language/index.ts'

/** What the owner of the account decides: how much may be lost or be at risk before somebody is notified. */
export const limits = Object.freeze({
  /** Loss from the peak of the equity; the seed has the warning. */
  drawdown: { warning: percent(10), critical: percent(20), severe: percent(35) },
  /** Move of the mark price that would liquidate a position. */
  liquidation: { warning: percent(20), critical: percent(10), imminent: percent(5) },
  /** Maintenance margin of the cross positions as a share of what covers them; the exchange liquidates at 100 %. */
  marginRatio: { warning: percent(50), critical: percent(80) },
  /** Margin used as a share of the equity. */
  marginUsed: percent(80),
  /** By how many points the bot's drawdown may be less than that of its history. */
  lostDrawdown: percent(5),
  /** Loss since the trading day began, as a share of the equity at that time. */
  dailyLoss: { warning: percent(3), critical: percent(6) },
  /** Gross value of all positions as a multiple of the equity. */
  leverage: { warning: score(3), critical: score(5) },
  /** How far a single fill may be from its expected price (a bound of the buckets of slippage_bps), and what slippage may cost in 24 hours, as a share of the equity. */
  slippage: { fill: bps(50), daily: percent(0.1) },
  /** How long the main loop and a stream may say nothing, and how long a price bar may be overdue. */
  silence: { heartbeat: seconds(25), stream: seconds(60), bar: seconds(300) },
  /** Orders that the exchange rejects one after the other. */
  rejectionsInARow: { warning: 3, critical: 5 },
})

/** A limit in percent, for a message. */
export const shareOf = ({ value, unit }: Quantity<'ratio'>): number => (value * 100 * unit.num) / unit.den

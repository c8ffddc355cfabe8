import { percent, score } from '../language/index.ts'

/** What the owner of the account decides: how much may be lost or be at risk before somebody is notified. */
export const limits = Object.freeze({
  /** Loss from the peak of the equity; the seed has the warning. */
  drawdown: { warning: percent(10), critical: percent(20), severe: percent(35) },
  /** Loss since the trading day began, as a share of the equity at that time. */
  dailyLoss: { warning: percent(3), critical: percent(6) },
  /** Gross value of all positions as a multiple of the equity. */
  leverage: { warning: score(3), critical: score(5) },
})

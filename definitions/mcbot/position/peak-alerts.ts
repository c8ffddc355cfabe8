import { alert, alerts, check, decide, deviation, look, text, usdt } from '../../language/index.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { downAlerts } from '../health/alerts.ts'
import { limits, shareOf } from '../limits.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

const highest = recordingRules.equity_max_30d_usdt.series
const withdrawn = recordingRules.withdrawals_30d_usdt.series
/** As if nothing had been withdrawn. Deposits stay in it: they may hide a difference, and never cause one. */
const whole = metrics.equity_usdt.plus(withdrawn)

/** A second opinion on the drawdown, from the history of the equity. */
export const peakAlerts = alerts({
  PeakLost: alert({
    when: highest
      .minus(whole)
      .div(highest)
      .minus(metrics.drawdown_pct)
      .gt(limits.lostDrawdown)
      .and(highest.gt(usdt(0)))
      // What is won after a large withdrawal is little of the whole, and much of what is left, which the bot measures by.
      .and(withdrawn.lt(whole.div(3))),
    for: '5m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the bot has lost its peak: by 30 days of history the drawdown is deeper by ${value.percent} of the peak, limit ${shareOf(limits.lostDrawdown)} %`,
    resolved: 'the drawdown is that of its history again',
    runbook: {
      cause:
        'The highest equity of the last 30 days, less withdrawals, is above the peak that the bot measures its drawdown by. Its state was lost, as by a restart with an empty folder or volume: alerts on the drawdown come too late, or never.',
      steps: [
        look(tradingDashboard.panels.drawdown, 'when did it fall in one step, although the equity did not rise?'),
        look(tradingDashboard.panels.equity, 'how far is it below its highest value?'),
        check('the file or volume with the peak', 'does it exist, and can the bot write to it?'),
        decide(
          'To repair it, stop the bot, restore the file of the peak or write the true peak into it, and start the bot again.',
        ),
        decide('If you have reset the peak on purpose, silence this alert for 30 days.'),
      ],
    },
    deviates: deviation(
      'mcbot_drawdown_pct comes from the bot, and nothing else checks it',
      'A bot that forgets its peak when it restarts reports a drawdown of 0 %: Prometheus knows what the equity was before.',
    ),
  }),
})

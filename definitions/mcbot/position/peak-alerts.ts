import { alert, alerts, check, deviation, look, seconds, text, usdt } from '../../language/index.ts'
import { peakLost, repairPeak } from '../../watchers/peak-lost.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { downAlerts } from '../health/alerts.ts'
import { limits, shareOf } from '../limits.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

const file = 'peak-equity.json'
const highest = recordingRules.equity_max_30d_usdt.series
const lessThanHighest = highest.minus(metrics.equity_usdt).div(highest)

/** The bot has lost what it measures its drawdown by. */
const lostAlerts = alerts({
  PeakLost: alert({
    when: metrics.peak_since_timestamp.minus(recordingRules.peak_since_min_30d_timestamp.series).gt(seconds(0)),
    ...peakLost({
      of: 'equity',
      file,
      drawdown: tradingDashboard.panels.drawdown,
      curve: tradingDashboard.panels.equity,
    }),
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the bot has lost its peak and begun a new one; the one before had been kept for ${value.duration}`,
    deviates: deviation(
      'mcbot_drawdown_pct comes from the bot, and nothing tells a win from a lost peak',
      'A bot that forgets its peak when it restarts reports a drawdown of 0 %: Prometheus knows since when it had kept the peak before.',
    ),
  }),
})

/** Whether the bot has lost its peak, or measures its drawdown by a wrong one. */
export const peakAlerts = {
  ...lostAlerts,
  ...alerts({
    DrawdownUnderstated: alert({
      when: lessThanHighest
        .minus(metrics.drawdown_pct)
        .gt(limits.lostDrawdown)
        .and(highest.gt(usdt(0)))
        // A withdrawal lowers the equity without being a drawdown, and one while the bot is down looks like a loss.
        .and(recordingRules.withdrawals_30d_usdt.series.eq(usdt(0)))
        // increase() misses a withdrawal during downtime if it leaves the counter at its old value
        .and(metrics.withdrawals_usdt_total.total.eq(usdt(0))),
      for: '5m',
      severity: 'warning',
      remindEvery: '1d',
      mutedBy: [downAlerts.BotDown, lostAlerts.PeakLost],
      summary: (_, value) =>
        text`the equity is further below its highest value of 30 days than the drawdown says: by ${value.percent} of that value, limit ${shareOf(limits.lostDrawdown)} %`,
      resolved: 'the drawdown is that of the history of the equity again',
      runbook: {
        cause:
          'The history of Prometheus, a second opinion, says that the drawdown is deeper than the bot says. Its peak is too low, as after a damaged state file or an edit of it: alerts on the drawdown come too late, or never.',
        steps: [
          look(tradingDashboard.panels.drawdown, 'when did it fall in one step, although the equity did not rise?'),
          look(tradingDashboard.panels.equity, 'how far is it below its highest value?'),
          check(`${file} in the state folder of the bot`, 'is its peak the highest value of the equity?'),
          repairPeak(file),
        ],
      },
      deviates: deviation(
        'mcbot_drawdown_pct comes from the bot, and nothing else checks it',
        'Prometheus knows what the equity was before, as long as nothing was withdrawn: after a withdrawal it has no opinion for 30 days, and until the bot is restarted.',
      ),
    }),
  }),
}

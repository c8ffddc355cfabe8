import { alert, alerts, deviation, seconds, text } from '../../language/index.ts'
import { peakLost } from '../../watchers/peak-lost.ts'
import { monitor } from '../dashboards/monitor.ts'
import { downAlerts } from '../health/down.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

/** Whether the bot has lost what it measures its drawdown by. */
export const peakAlerts = alerts({
  PeakLost: alert({
    when: metrics.peak_since_timestamp.minus(recordingRules.peak_since_min_30d_timestamp.series).gt(seconds(0)),
    ...peakLost({
      of: 'balance',
      file: 'peak-balance.json',
      drawdown: monitor.panels.drawdown,
      curve: monitor.panels.balanceCurve,
    }),
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the bot has lost its peak and begun a new one; the one before had been kept for ${value.duration}`,
    deviates: deviation(
      'peak_balance comes from the bot, and nothing tells a win from a lost peak',
      'A bot that forgets its peak when it restarts reports a drawdown of 0 %: Prometheus knows since when it had kept the peak before.',
    ),
  }),
})

import { dashboard, histogram_quantile, logs, rate, stat, sum, timeseries } from '../language/index.ts'
import { events } from './log-events.ts'
import { metrics } from './series.ts'

/** The bot's monitor: its key figures and its log lines. */
export const monitor = dashboard({
  title: 'Trading Bot Monitor',
  panels: {
    balance: stat({ title: 'Balance', show: metrics.balance_usdt, decimals: 2 }),
    latency: timeseries({
      title: 'Order latency, p95',
      show: histogram_quantile(0.95, sum(rate(metrics.order_latency_ms, '5m'))),
      emptyMeans: 'no orders filled in five minutes',
    }),
    fills: logs({ title: 'Fills', events: [events.order_filled], emptyMeans: 'no fills' }),
    log: logs({ title: 'Events', events: Object.values(events), emptyMeans: 'the bot has logged nothing' }),
  },
})

import { avg_over_time, dashboard, timeseries } from '../language/index.ts'
import { metrics } from './series.ts'

/** The dashboard that the bot's document recommends. */
export const overview = dashboard({
  title: 'ArBot',
  panels: {
    latency: timeseries({
      title: 'Latency by exchange',
      description: 'Average over five minutes.',
      show: avg_over_time(metrics.exchange_latency_ms.over('5m')),
      min: 0,
    }),
  },
})

import { dashboard, increase, sum, timeseries } from '../language/index.ts'
import { metrics } from './series.ts'

/** The dashboard that the bot's document recommends. */
export const overview = dashboard({
  title: 'ArBot',
  panels: {
    latency: timeseries({
      title: 'Latency by exchange',
      description: 'Average over five minutes.',
      show: sum(increase(metrics.exchange_latency_ms.sum, '5m'))
        .by('exchange')
        .div(sum(increase(metrics.exchange_latency_ms.count, '5m')).by('exchange')),
      min: 0,
    }),
  },
})

import { alert, alerts, deviation, histogram_quantile, increase, look, rate, sum, text } from '../language/index.ts'
import { ms } from '../language/metrics.ts'
import { monitor } from './dashboard.ts'
import { metrics } from './series.ts'

const fills = sum(increase(metrics.order_latency_ms.count, '5m'))

/** Orders and what becomes of them. */
export const orders = alerts({
  LatencySpike: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.order_latency_ms, '5m')))
      .gt(ms(3000))
      .and(fills.gte(5)),
    severity: 'warning',
    cooldown: '5m',
    summary: (l, value) => text`orders of ${l.bot} (${l.env}) take ${value.duration} to fill, more than 3 s`,
    runbook: {
      cause: 'One order in twenty takes more than three seconds: the exchange is slow, or the bot is.',
      steps: [
        look(monitor.panels.latency, 'since when?'),
        look(monitor.panels.fills, 'one symbol, or all?'),
        'Read the status page of the exchange.',
      ],
      said: '주문 지연',
    },
    deviates: deviation(
      'the 95th percentile of the last thousand orders of the process',
      'They may be a day old: the orders of the last five minutes count, from five of them on.',
    ),
  }),
})

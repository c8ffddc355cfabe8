import {
  alert,
  alerts,
  check,
  deviation,
  histogram_quantile,
  increase,
  look,
  rate,
  sum,
  text,
} from '../language/index.ts'
import { ms } from '../language/metrics.ts'
import { monitor } from './dashboard.ts'
import { metrics } from './series.ts'

const fills = sum(increase(metrics.order_latency_ms.count, '5m'))

/** Orders and their fills. */
export const orders = alerts({
  LatencySpike: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.order_latency_ms, '5m')))
      .gt(ms(3000))
      .and(fills.gte(5)),
    severity: 'warning',
    cooldown: '5m',
    summary: (_, value) => text`one order in twenty takes ${value.duration} or more to fill (limit 3 s)`,
    runbook: {
      cause: 'One order in twenty takes more than three seconds to fill: either the exchange or the bot is slow.',
      steps: [
        look(monitor.panels.latency, 'since when?'),
        look(monitor.panels.fills, 'one symbol, or all?'),
        check('the exchange’s status page'),
      ],
      said: '주문 지연',
    },
    deviates: deviation(
      'the 95th percentile of the last thousand orders of the process',
      'Those orders can be a day old: only fills of the last five minutes count, and only if there are at least five.',
    ),
  }),
})

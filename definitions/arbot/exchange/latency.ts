import {
  alert,
  alerts,
  check,
  decide,
  deviation,
  histogram_quantile,
  increase,
  look,
  rate,
  sum,
  text,
} from '../../language/index.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { overview } from '../dashboards/overview.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './ban.ts'
import { connectionAlerts } from './connection.ts'

const { latency } = limits
const oneInTwenty = (condition: string, window: string) =>
  deviation(
    `${condition}, of one value that nobody defines`,
    `The limit is kept. A single slow one is no reason to wake up, and a mean hides many: it is compared with the 95th percentile over ${window}, of enough of them to have one.`,
  )
const statusPage = check('the exchange’s status page', 'is it slow for everyone?')
const host = check('the load of the bot’s host with `uptime`', 'is the machine busy?')

/** What takes too long: calls, legs, ticks. */
export const latencyAlerts = alerts({
  ExchangeLatencyHigh: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.exchange_latency_ms, '5m')).by('exchange', 'instance'))
      .gte(latency.call)
      .and(sum(increase(metrics.exchange_latency_ms.count, '5m')).by('exchange', 'instance').gte(20)),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, connectionAlerts.ExchangeDisconnected],
    summary: (l, value) =>
      text`one call to ${l.exchange} in twenty takes ${value.duration} or more, limit ${latency.call.value} ms`,
    resolved: (l) => text`${l.exchange} answers fast enough again, or there are too few calls to judge it`,
    runbook: {
      said: '500ms 이상',
      cause:
        'The 95th percentile of the time from a call to its answer is at least half a second, over five minutes with at least 20 calls. An edge of a few basis points rarely lasts that long.',
      steps: [
        look(exchanges.panels.latency, 'one exchange, or all? Then it is the network of this host.'),
        look(overview.panels.latency, 'is the mean higher as well, or are a few calls very slow?'),
        look(exchanges.panels.execution, 'are legs filled late, too?'),
        statusPage,
      ],
    },
    deviates: oneInTwenty('500ms 이상', 'five minutes'),
  }),
  OrderExecutionSlow: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.order_execution_latency_ms, '15m')).by('exchange', 'instance'))
      .gte(latency.leg)
      .and(sum(increase(metrics.order_execution_latency_ms.count, '15m')).by('exchange', 'instance').gte(20)),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, connectionAlerts.ExchangeDisconnected],
    summary: (l, value) =>
      text`one leg in twenty on ${l.exchange} takes ${value.duration} or more to fill, limit ${latency.leg.value / 1000} s`,
    resolved: (l) => text`legs on ${l.exchange} are filled fast enough again, or too few are left to judge it`,
    runbook: {
      said: '1000ms 이상',
      cause:
        'The 95th percentile of the time from sending a leg to its complete fill is at least a second, over 15 minutes with at least 20 legs. Meanwhile the counter-leg is unhedged, and the price moves.',
      steps: [
        look(exchanges.panels.execution, 'one exchange, or all?'),
        look(risk.panels.shortfall, 'does it cost money already?'),
        look(exchanges.panels.latency, 'are its calls slow as well?'),
        look(system.panels.legs, 'which pairs, and how large were the legs?'),
        statusPage,
        decide('If it stays, raise the minimum edge for this exchange: fills come at worse prices.'),
      ],
    },
    deviates: oneInTwenty('1000ms 이상', '15 minutes'),
  }),
  TickProcessingSlow: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.tick_processing_latency_ms, '5m')).by('exchange', 'instance'))
      .gte(latency.tick)
      .and(sum(increase(metrics.tick_processing_latency_ms.count, '5m')).by('exchange', 'instance').gte(100)),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`one tick of ${l.exchange} in twenty is processed after ${value.duration} or more, limit ${latency.tick.value} ms`,
    resolved: (l) => text`ticks of ${l.exchange} are processed fast enough again`,
    runbook: {
      said: '100ms 이상',
      cause:
        'The 95th percentile of the time until strategies have seen a tick is at least a tenth of a second, over five minutes with at least 100 ticks: the bot cannot keep up, and decides on old prices.',
      steps: [
        look(system.panels.ticks, 'one exchange, or all?'),
        look(system.panels.usedCpu, 'is a core used up?'),
        look(exchanges.panels.messages, 'are there more messages than usual?'),
        host,
      ],
    },
    deviates: oneInTwenty('100ms 이상', 'five minutes'),
  }),
})

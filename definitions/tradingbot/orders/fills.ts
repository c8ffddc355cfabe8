import {
  alert,
  alerts,
  check,
  decide,
  deviation,
  histogram_quantile,
  increase,
  lines,
  look,
  rate,
  sum,
  text,
} from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { banAlerts } from '../exchange/ban.ts'
import { closeByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'

const { latency, slippage } = limits
const timed = sum(increase(metrics.order_latency_ms.count, '15m')).by('instance')
const priced = sum(increase(metrics.slippage_bps.count, '1h')).by('instance')

/** How orders are filled. */
export const fillAlerts = alerts({
  LatencySpike: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.order_latency_ms, '15m')).by('instance'))
      .gt(latency.p95)
      // among fewer, a single slow fill is one in twenty
      .and(timed.gte(20)),
    severity: 'warning',
    cooldown: '5m',
    thresholdIn: [monitor.panels.latencyNow],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`one order in twenty takes ${value.duration} or more to fill, limit ${latency.p95.value / 1000} s`,
    resolved: 'orders are filled fast enough again, or too few are left to judge it',
    runbook: {
      said: '주문 지연',
      cause:
        'The 95th percentile of the time from sending an order to its fill is above three seconds, over 15 minutes with at least 20 fills: either the exchange or the bot is slow, and prices move meanwhile.',
      steps: [
        look(monitor.panels.latency, 'since when, all orders or the slowest only?'),
        look(log.panels.slowest, 'one symbol, or all?'),
        look(monitor.panels.slippage, 'does it cost money already?'),
        check('the exchange’s status page', 'is it slow foreveryone?'),
        check('the load of the bot’s host with `uptime`', 'is the machine busy?'),
      ],
    },
    deviates: deviation(
      '주문 지연: the 95th percentile of the last thousand orders of the process above 3000, checked every 10 s; cooldown 300 s',
      'It is the only rule of the document that can fire, and does so for too long: at ten orders a day a thousand are a hundred days, and after a bad burst it fires every five minutes until some 950 more orders have come. Threshold, cooldown and interval are kept; only fills of the last 15 minutes count, if there are at least 20. While it lasts, it is sent once, with a reminder every six hours.',
    ),
  }),
  SlippageHigh: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('instance'))
      .gt(slippage)
      .and(priced.gte(10)),
    severity: 'warning',
    cooldown: '10m',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`one fill in twenty costs ${value.bps} or more, limit ${slippage.value} bp`,
    resolved: 'slippage is below the limit again, or too few fills are left to judge it',
    runbook: {
      said: '슬리피지 10bps 초과',
      cause:
        'The 95th percentile of the slippage is above ten basis points, over an hour with at least ten fills: prices are worse than the strategy expects.',
      steps: [
        look(monitor.panels.slippage, 'since when?'),
        look(monitor.panels.slippageDistribution, 'all fills, or a few?'),
        look(monitor.panels.latency, 'are orders slow as well?'),
        look(log.panels.fills, 'which symbol and side, and how large were the orders?'),
        decide('If the market just moved sharply, this usually clears by itself. If it stays, reduce the order size.'),
      ],
    },
    deviates: deviation(
      'slippage_bps_p95 above 10 bps at each fill: a row of the checklist without a rule',
      'The sixth row has the rule that it asks for. A percentile of fewer than ten fills is the worst of them, so it needs ten in an hour.',
    ),
  }),
  OrderVerySlow: alert({
    when: lines(events.order_filled).max('latency_ms', '5m').by('symbol').gt(latency.single),
    keepFiringFor: '0s',
    severity: 'warning',
    cooldown: '5m',
    event: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`an order for ${l.symbol} took ${value.duration} to fill, limit ${latency.single.value / 1000} s`,
    runbook: {
      cause:
        'A single fill of the last five minutes took more than ten seconds. LatencySpike needs 20 fills in 15 minutes, which a bot that trades a few times a day never has.',
      steps: [
        look(log.panels.fills, 'which order, and at which price was it filled?'),
        look(monitor.panels.apiErrors, 'did calls fail at that time?'),
        check('the exchange’s status page', 'was it slow foreveryone?'),
      ],
    },
    deviates: deviation(
      'a slow order is seen in the 95th percentile only',
      'A bot that trades rarely has no percentile: a single fill of more than ten seconds is notified from its line in the log.',
    ),
  }),
  OrdersFailing: alert({
    when: lines(events.order_failed)
      .where({ reason: ['insufficient_balance', 'price_filter', 'min_notional', 'rate_limit', 'other'] })
      .count('15m')
      .by('symbol', 'reason')
      .gte(3),
    keepFiringFor: '0s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, banAlerts.ApiKeyRejected],
    summary: (l, value) => text`${value} orders for ${l.symbol} failed in 15 minutes, limit 3, reason: ${l.reason}`,
    resolved: (l) => text`orders for ${l.symbol} no longer fail (${l.reason}), or none was sent`,
    runbook: {
      cause:
        'The exchange refuses orders for the same symbol and the same reason again and again. Orders that close a position may be among them. Orders that were cancelled or have expired do not count: they had been accepted.',
      steps: [
        look(log.panels.failures, 'one reason, since when?'),
        look(log.panels.attention, 'what does the exchange answer?'),
        closeByHand,
        decide(
          'Act on the reason: insufficient_balance needs margin or smaller orders; price_filter and min_notional mean that the trading rules of the market changed; rate_limit can become a ban.',
        ),
      ],
    },
    deviates: deviation(
      'order_failed is one of the ten types, and nothing reads it',
      'A bot whose orders fail looks like one that has nothing to do.',
    ),
  }),
})

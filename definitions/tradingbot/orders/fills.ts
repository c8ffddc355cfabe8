import {
  alert,
  alerts,
  type Condition,
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
  type Vector,
} from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { banAlerts } from '../exchange/ban.ts'
import { closeByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'

const { latency, slippage } = limits
/** Among fewer fills, a single one is one in twenty. */
const least = 20
const fills = (window: '15m' | '1h') => sum(increase(metrics.order_latency_ms.count, window)).by('instance')
const of6h = recordingRules.fills_6h.series
const of2d = recordingRules.fills_2d.series

type Labels = 'bot' | 'env' | 'instance'

/** The shortest of three windows that has enough fills decides: a bot that trades rarely is judged by its last ones, too. */
const judged = <D extends string>(
  recent: Condition<Labels, D>,
  inRecent: Vector<Labels, 'count'>,
  { hours, days }: { readonly hours: Condition<Labels, D>; readonly days: Condition<Labels, D> },
) =>
  recent
    .and(inRecent.gte(least))
    .or(hours.and(of6h.gte(least)).unless(inRecent.gte(least)))
    .or(days.and(of2d.gte(least)).unless(of6h.gte(least)))

/** How orders are filled. */
export const fillAlerts = alerts({
  LatencySpike: alert({
    when: judged(
      histogram_quantile(0.95, sum(rate(metrics.order_latency_ms, '15m')).by('instance')).gt(latency.p95),
      fills('15m'),
      {
        hours: recordingRules.order_latency_p95_6h_ms.series.gt(latency.p95),
        days: recordingRules.order_latency_p95_2d_ms.series.gt(latency.p95),
      },
    ),
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
        'The 95th percentile of the time from sending an order to its fill is above three seconds, over 15 minutes if they have 20 fills, else over six hours or two days: either the exchange or the bot is slow, and prices move meanwhile.',
      steps: [
        look(monitor.panels.latency, 'since when, all orders or the slowest only?'),
        look(log.panels.slowest, 'one symbol, or all?'),
        look(monitor.panels.slippage, 'does it cost money already?'),
        check('the exchange’s status page', 'is it slow for everyone?'),
        check('the load of the bot’s host with `uptime`', 'is the machine busy?'),
      ],
    },
    deviates: deviation(
      '주문 지연: the 95th percentile of the last thousand orders of the process above 3000, checked every 10 s; cooldown 300 s',
      'It is the only rule of the document that can fire, and does so for too long: at ten orders a day a thousand are a hundred days, and after a bad burst it fires every five minutes until some 950 more orders have come. Threshold, cooldown and interval are kept; fills of the last 15 minutes count if there are at least 20, else those of six hours, else those of two days. While it lasts, it is sent once, with a reminder every six hours.',
    ),
  }),
  SlippageHigh: alert({
    when: judged(
      histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('instance')).gt(slippage),
      fills('1h'),
      {
        hours: recordingRules.slippage_p95_6h_bps.series.gt(slippage),
        days: recordingRules.slippage_p95_2d_bps.series.gt(slippage),
      },
    ),
    severity: 'warning',
    cooldown: '10m',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`one fill in twenty costs ${value.bps} or more, limit ${slippage.value} bp`,
    resolved: 'slippage is below the limit again, or too few fills are left to judge it',
    runbook: {
      said: '슬리피지 10bps 초과',
      cause:
        'The 95th percentile of the slippage is above ten basis points, over an hour if it has 20 fills, else over six hours or two days: prices are worse than the strategy expects.',
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
      'The sixth row has the rule that it asks for. The 95th percentile of fewer than 20 fills is the worst of them, so it takes the shortest of an hour, six hours and two days that has 20.',
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
        'A single fill of the last five minutes took more than ten seconds. LatencySpike judges 20 fills or more, of up to two days; a single one shows nothing there.',
      steps: [
        look(log.panels.fills, 'which order, and at which price was it filled?'),
        look(monitor.panels.apiErrors, 'did calls fail at that time?'),
        check('the exchange’s status page', 'was it slow for everyone?'),
      ],
    },
    deviates: deviation(
      'a slow order is seen in the 95th percentile only',
      'One slow order among many does not move the percentile: a single fill of more than ten seconds is notified from its line in the log.',
    ),
  }),
  OrdersFailing: alert({
    when: lines(events.order_failed)
      .where({ reason: ['insufficient_balance', 'price_filter', 'min_notional', 'rate_limit', 'other'] })
      .count('15m')
      .by('reason')
      .gte(3),
    keepFiringFor: '0s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, banAlerts.ApiKeyRejected],
    summary: (l, value) => text`${value} orders failed in 15 minutes, limit 3, reason: ${l.reason}`,
    resolved: (l) => text`orders no longer fail (${l.reason}), or none was sent`,
    runbook: {
      cause:
        'The exchange refuses orders for the same reason again and again. Orders that close a position may be among them. Orders that were cancelled or have expired do not count: they had been accepted.',
      steps: [
        look(log.panels.failures, 'one reason, since when?'),
        look(log.panels.attention, 'which symbols, and what does the exchange answer?'),
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

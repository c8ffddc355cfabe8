import {
  alert,
  alerts,
  bps,
  check,
  decide,
  deviation,
  histogram_quantile,
  increase,
  look,
  note,
  percent,
  rate,
  sum,
  text,
} from '../../language/index.ts'
import { executionDashboard } from '../dashboards/execution.ts'
import { regimeDashboard } from '../dashboards/regime.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const fills = sum(increase(metrics.slippage_bps.count, '1h')).by('symbol', 'instance')
const taken = sum(increase(metrics.orders_total.where({ status: ['ack', 'rejected'] }), '1h')).by('symbol', 'instance')
const rejected = sum(increase(metrics.orders_total.where({ status: 'rejected' }), '1h')).by('symbol', 'instance')

/** Orders: what they cost, and whether they are accepted at all. */
export const executionAlerts = alerts({
  HighSlippage: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol', 'instance'))
      .gt(bps(20))
      .and(fills.gte(10)),
    for: '5m',
    severity: 'warning',
    thresholdIn: [executionDashboard.panels.slippageNow],
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`one fill of ${l.symbol} in twenty costs ${value.bps} or more, limit 20 bp`,
    resolved: (l) => text`slippage of ${l.symbol} is below the limit again, or too few fills are left to judge it`,
    runbook: {
      said: '주문 체결가가 기대가 대비 20bp 이상 차이.',
      cause:
        'Fills are more than 20 basis points worse than the expected price (95th percentile over an hour with at least ten fills).',
      steps: [
        look(executionDashboard.panels.slippage, 'one coin, or all?'),
        look(regimeDashboard.panels.volume, 'is the coin illiquid?'),
        look(executionDashboard.panels.slippageDistribution, 'all fills, or a few?'),
        check('the order sizes', 'are they large for the volume of the market?'),
        decide('If the market just moved sharply, this usually clears by itself.'),
      ],
    },
    deviates: deviation(
      'histogram_quantile(0.95, slippage_bps) > 20',
      'A histogram has no series of that bare name: the quantile is computed over the rate of its buckets, by symbol, over an hour with at least ten fills.',
    ),
  }),
  OrderRejections: alert({
    when: rejected.div(taken).gt(percent(20)).and(taken.gte(5)),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`the exchange rejected ${value.percent} of orders for ${l.symbol} in the last hour, limit 20 %`,
    resolved: (l) => text`the exchange accepts orders for ${l.symbol} again, or too few are left to judge it`,
    runbook: {
      cause:
        'More than a fifth of the orders in an hour (at least five) were rejected: the bot wants to trade but cannot.',
      steps: [
        look(executionDashboard.panels.rejected, 'for which reason?'),
        look(executionDashboard.panels.orders),
        decide(
          note`Act on the reason in ${metrics.order_rejected_total}: for insufficient_margin reduce positions; price_filter and min_notional mean that the market’s trading rules changed.`,
        ),
      ],
    },
    deviates: deviation(
      'an hourly fill rate below 80 % with at least 5 orders is an anomaly, but has no metric and no alert',
      'Orders and rejections are counted, and the share of rejections shows it.',
    ),
  }),
})

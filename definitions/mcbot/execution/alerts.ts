import {
  alert,
  alerts,
  bps,
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
import { execution as board } from '../dashboards/execution.ts'
import { regime } from '../dashboards/regime.ts'
import { down } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const fills = sum(increase(metrics.slippage_bps.count, '1h')).by('symbol', 'instance')
const taken = sum(increase(metrics.orders_total.where({ status: ['ack', 'rejected'] }), '1h')).by('symbol', 'instance')
const rejected = sum(increase(metrics.orders_total.where({ status: 'rejected' }), '1h')).by('symbol', 'instance')

/** Orders: what they cost, and whether they are taken at all. */
export const execution = alerts({
  HighSlippage: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol', 'instance'))
      .gt(bps(20))
      .and(fills.gte(10)),
    for: '5m',
    severity: 'warning',
    thresholdIn: [board.panels.slippageNow],
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): one fill of ${l.symbol} in twenty costs ${value.bps} or more`,
    runbook: {
      said: '주문 체결가가 기대가 대비 20bp 이상 차이.',
      cause:
        'Fills are worse than the expected price by more than 20 basis points (95th percentile of an hour with at least ten fills).',
      steps: [
        look(board.panels.slippage, 'one coin, or all?'),
        look(regime.panels.volume, 'is it a coin that hardly trades?'),
        look(board.panels.slippageDistribution, 'all fills, or a few?'),
        'Compare the size of the orders with the market.',
        'In a sudden move it passes.',
      ],
    },
    deviates: deviation(
      'histogram_quantile(0.95, slippage_bps) > 20',
      'A histogram has no series of that bare name: the quantile is taken over the rate of its buckets, by symbol, over an hour with at least ten fills.',
    ),
  }),
  OrderRejections: alert({
    when: rejected.div(taken).gt(percent(20)).and(taken.gte(5)),
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) =>
      text`${l.bot} (${l.env}): the exchange rejected ${value.percent} of the orders for ${l.symbol} in an hour`,
    runbook: {
      cause:
        'More than a fifth of the orders of an hour (at least five) were rejected: the bot wants to trade and cannot.',
      steps: [
        look(board.panels.rejected, 'for which reason?'),
        look(board.panels.orders),
        note`insufficient_margin: look at the margin; price_filter or min_notional: the rules of the market changed (${metrics.order_rejected_total}).`,
      ],
    },
    deviates: deviation(
      'a fill rate of an hour below 80 % with at least 5 orders is an anomaly, and has no metric and no alert',
      'Orders and rejections are counted, and their share says it.',
    ),
  }),
})

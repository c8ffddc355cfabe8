import {
  alert,
  alerts,
  bps,
  check,
  decide,
  deviation,
  figure,
  histogram_quantile,
  increase,
  increaseFromZero,
  last_over_time,
  look,
  not,
  note,
  percent,
  rate,
  round,
  sum,
  text,
  tier,
  tiers,
  usdt,
} from '../../language/index.ts'
import { executionDashboard } from '../dashboards/execution.ts'
import { regimeDashboard } from '../dashboards/regime.ts'
import { flattenByHand } from '../flatten.ts'
import { botUp, downAlerts } from '../health/alerts.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

const fills = sum(increase(metrics.slippage_bps.count, '1h')).by('symbol', 'instance')
const answered = metrics.orders_total.where({ status: ['ack', 'rejected'] })
// remains of a position that are too small to be sold are no reason to look
const refused = metrics.order_rejected_total.where({ reason: not('min_notional') })
const ofHour = {
  answered: sum(increase(answered, '1h')).by('symbol', 'instance'),
  refused: sum(increase(refused, '1h')).by('symbol', 'instance'),
}
const ofDay = {
  answered: sum(increaseFromZero(answered, '1d', metrics.start_timestamp)).by('symbol', 'instance'),
  refused: sum(increaseFromZero(refused, '1d', metrics.start_timestamp)).by('symbol', 'instance'),
}

const { fill, daily } = limits.slippage
const filled = (of: typeof metrics.slippage_bps.count) =>
  sum(increaseFromZero(of, '5m', metrics.start_timestamp)).by('symbol', 'instance')
const farOff = (beyond: typeof fill) =>
  // a fill is at least 1; where two increases of one bucket each are extrapolated differently, they never differ by half a fill
  round(filled(metrics.slippage_bps.count).minus(filled(metrics.slippage_bps.upTo(beyond))), 1)
const worst = bps(100)

const paid = sum(increaseFromZero(metrics.slippage_cost_usdt_total, '1d', metrics.start_timestamp)).by('instance')
const gained = sum(increaseFromZero(metrics.slippage_gain_usdt_total, '1d', metrics.start_timestamp)).by('instance')
const equity = sum(metrics.equity_usdt).by('instance')

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
  FillSlippageHigh: alert({
    // it ends soon, so that the next such fill is notified again
    when: farOff(fill).gte(1),
    severity: 'warning',
    cooldown: '2m',
    event: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`fills of ${l.symbol} more than ${fill.value} bp worse than expected in 5 minutes: ${value}, of which more than ${worst.value} bp: ${figure(farOff(worst), '?')}`,
    runbook: {
      cause: `A single fill was more than ${fill.value} basis points worse than its expected price. HighSlippage needs ten fills in an hour, and a bot that trades a few times a day never has them. Ten minutes after the last such fill, the next one of the symbol is notified again; one that comes sooner is only in the panels, and so is a whole series of them.`,
      steps: [
        look(executionDashboard.panels.slippageDistribution, 'how far off, and one fill or several?'),
        look(executionDashboard.panels.slippageByHour, 'how much money was it?'),
        look(regimeDashboard.panels.volume, 'is the coin illiquid?'),
        check('the market’s order book', 'was the order too large for it?'),
        check('the bot’s log of the order', 'was the expected price old when it was sent?'),
      ],
    },
    deviates: deviation(
      'the only alert on slippage is the 95th percentile of fills',
      'Five fills a day are too few for a percentile: a single fill far off its expected price has an alert of its own.',
    ),
  }),
  SlippageCostHigh: alert({
    when: paid
      .minus(gained)
      // without any gain nothing can be subtracted
      .or(paid)
      .div(equity)
      .gt(daily)
      // It is undefined without equity, which LeverageCritical reports.
      .and(equity.gt(usdt(0))),
    severity: 'warning',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`slippage cost ${value.percent} of the equity in 24 hours, limit ${daily.value} %`,
    resolved: `slippage cost less than ${daily.value} % of the equity in the last 24 hours`,
    runbook: {
      cause: `Fills of the last 24 hours cost more than ${daily.value} % of the equity beyond their expected prices, after subtracting what better fills gained: at that pace a third of the equity in a year.`,
      steps: [
        look(executionDashboard.panels.slippageBySymbol, 'which coin?'),
        look(executionDashboard.panels.slippageByHour, 'a few fills, or all day?'),
        look(executionDashboard.panels.orderTypes, 'could more of them be limit orders?'),
        decide(
          'Compare it with what the strategies earn: one that earns less than it loses to slippage should not trade.',
        ),
      ],
    },
    deviates: deviation(
      'slippage is alerted in basis points only',
      'The owner pays it in money, whatever the number of fills.',
    ),
  }),
  OrderRejections: alert({
    when: ofHour.refused
      .div(ofHour.answered)
      .gt(percent(20))
      .and(ofHour.answered.gte(5))
      // a bot that trades a few times a day never has five orders in an hour
      .or(ofDay.refused.div(ofDay.answered).gt(percent(20)).and(ofDay.refused.gte(2))),
    severity: 'warning',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`the exchange rejected ${value.percent} of orders for ${l.symbol}, limit 20 %`,
    resolved: (l) => text`the exchange accepts orders for ${l.symbol} again, or too few are left to judge it`,
    runbook: {
      cause:
        'More than a fifth of the orders for this symbol were rejected, in an hour with at least five orders or in a day with at least two rejections: the bot wants to trade but cannot.',
      steps: [
        look(executionDashboard.panels.rejected, 'for which reason?'),
        look(executionDashboard.panels.orders, 'how many were accepted in the same day?'),
        decide(
          note`Act on the reason in ${metrics.order_rejected_total}: for insufficient_margin reduce positions; price_filter means that the market’s trading rules changed.`,
        ),
      ],
    },
    deviates: deviation(
      'an hourly fill rate below 80 % with at least 5 orders is an anomaly, but has no metric and no alert',
      'Orders and rejections are counted, and the share of rejections shows it. A bot that trades five times a day never has five orders in an hour: for it a day counts, with at least two rejections.',
    ),
  }),
})

/** Orders that are rejected one after the other, however few there are. */
export const rejectionAlerts = tiers(
  {
    RejectionsInARowCritical: tier('critical', limits.rejectionsInARow.critical),
    RejectionsInARow: tier('warning', limits.rejectionsInARow.warning),
  },
  ({ severity, limit }) =>
    alert({
      // after a restart it is unknown until the next order
      when: last_over_time(metrics.consecutive_rejections.over('6h')).gte(limit).and(botUp),
      severity,
      breaksQuiet: severity === 'critical',
      thresholdIn: [executionDashboard.panels.rejectedInARow],
      mutedBy: [downAlerts.BotDown],
      summary: (_, value) =>
        text`the exchange rejected the last ${value} orders, limit ${limit}: it may be unable to close positions`,
      resolved: 'the exchange accepts orders again, or the bot has sent none for six hours',
      runbook: {
        cause: `The last ${limit} orders or more were all rejected, of whatever symbol. Orders that close a position may be among them.`,
        steps: [
          look(executionDashboard.panels.rejected, 'for which reason?'),
          check('the account and its API key at the exchange', 'may it still trade?'),
          decide(
            note`Act on the reason in ${metrics.order_rejected_total}: for insufficient_margin check the margin; price_filter means that the market’s trading rules changed.`,
          ),
          ...(severity === 'critical' ? [flattenByHand] : []),
        ],
      },
      deviates: deviation(
        'three consecutive rejections are a warning and five are critical, but have no metric and no alert',
        'The figure is declared and emitted, and each level has its own alert.',
      ),
    }),
)

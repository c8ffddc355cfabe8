import { act, alert, check, deviation, look, percent, text, tier, tiers, usdt } from '../../language/index.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { flattenByHand, lastResort } from '../flatten.ts'
import { downAlerts } from '../health/alerts.ts'
import { limits, shareOf } from '../limits.ts'
import { metrics } from '../series.ts'

const neverAlerted = deviation(
  'mcbot_margin_used_usdt is declared but never used',
  'A share of margin used does not tell how close liquidation is: it can be 40 % away at one leverage and 6 % at another. The exchange’s own figures do: maintenance margin, margin balance and liquidation price.',
)

/** How far a position, cross or isolated, is from its liquidation. */
export const liquidationAlerts = tiers(
  {
    LiquidationImminent: tier('critical', limits.liquidation.imminent),
    LiquidationCritical: tier('critical', limits.liquidation.critical),
    LiquidationNear: tier('warning', limits.liquidation.warning),
  },
  ({ severity, limit }) =>
    alert({
      when: metrics.liquidation_distance_pct.lt(limit),
      // a single bad mark price must not wake anybody
      for: severity === 'critical' ? '30s' : '1m',
      severity,
      // another symbol must not wait long for the first one
      cooldown: severity === 'critical' ? '1m' : '10m',
      breaksQuiet: true,
      mutedBy: [downAlerts.BotDown],
      summary: (l, value) =>
        text`${l.symbol} is liquidated if its price moves by another ${value.percent} against it, limit ${shareOf(limit)} %`,
      resolved: (l) =>
        text`the liquidation of ${l.symbol} is at least ${shareOf(limit)} % away again, or the position is closed: check whether the exchange liquidated it`,
      runbook: {
        cause: `A move of less than ${shareOf(limit)} % against the position lets the exchange liquidate it, at its price and for its fee.`,
        steps: [
          act(
            'Reduce the position, or add margin: to the account if the position is cross, to the position itself if it is isolated.',
          ),
          lastResort,
          flattenByHand,
          look(tradingDashboard.panels.liquidation, 'how fast does it come closer, and does it for all positions?'),
          look(tradingDashboard.panels.sizes, 'which position is losing?'),
        ],
      },
      deviates: neverAlerted,
    }),
)

const ratio = metrics.maintenance_margin_usdt.div(metrics.margin_balance_usdt)

/** How much of what covers the cross positions is required. */
export const marginRatioAlerts = tiers(
  {
    MarginRatioCritical: tier('critical', limits.marginRatio.critical),
    MarginRatioHigh: tier('warning', limits.marginRatio.warning),
  },
  ({ severity, limit }) =>
    alert({
      // Negative if less than nothing is left; undefined at exactly nothing, which LiquidationImminent reports.
      when: ratio
        .gt(limit)
        .or(ratio.lt(percent(0)))
        .unless(metrics.margin_balance_usdt.eq(usdt(0))),
      for: severity === 'critical' ? '30s' : '1m',
      severity,
      breaksQuiet: true,
      mutedBy: [downAlerts.BotDown],
      summary: (_, value) =>
        text`the margin ratio is ${value.percent}, limit ${shareOf(limit)} %; at 100 %, or if it is negative, the exchange liquidates all cross positions`,
      resolved: `the margin ratio is at most ${shareOf(limit)} % again`,
      runbook: {
        cause: `The maintenance margin is more than ${shareOf(limit)} % of the margin balance. The exchange liquidates the cross positions once it is all of it. A negative value means that the margin balance itself is negative.`,
        steps: [
          act('Add margin to the account, or reduce the largest position.'),
          lastResort,
          flattenByHand,
          look(tradingDashboard.panels.marginRatio, 'a sudden rise, or a slow one?'),
          look(tradingDashboard.panels.liquidation, 'which position is the closest to its liquidation?'),
          check(
            'the maintenance margin at the exchange',
            'was it raised for a symbol, or for the size of the position?',
          ),
        ],
      },
      deviates: neverAlerted,
    }),
)

import { act, alert, check, look, text, tier, tiers } from '../../language/index.ts'
import { forgotten } from '../alert-deviations.ts'
import { risk } from '../dashboards/risk.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

/** How far an exchange is from liquidating the positions there. */
export const liquidationAlerts = tiers(
  {
    LiquidationImminent: tier('critical', limits.liquidation.critical),
    LiquidationNear: tier('warning', limits.liquidation.warning),
  },
  ({ severity, limit }) =>
    alert({
      when: metrics.liquidation_distance.lt(limit),
      // a single bad mark price must not wake anybody
      for: severity === 'critical' ? '20s' : '1m',
      severity,
      breaksQuiet: true,
      mutedBy: [downAlerts.BotDown],
      summary: (l, value) =>
        text`${l.exchange} liquidates the positions there if prices move by another ${value.percent}, limit ${limit.value} %`,
      resolved: (l) =>
        text`liquidation on ${l.exchange} is at least ${limit.value} % away again, or there is no position: check whether it was liquidated`,
      runbook: {
        cause: `A move of less than ${limit.value} % against the positions on this exchange brings its margin down to the maintenance margin. What the other exchange earns by the same move does not help: one side of the hedge is liquidated, and the other remains.`,
        steps: [
          act('Move margin to this exchange, or reduce the position on both sides.'),
          flattenByHand,
          look(risk.panels.liquidation, 'how fast does it come closer?'),
          look(risk.panels.capital, 'which exchange has capital to spare?'),
          check('deposits on this exchange', 'is the way there open?'),
        ],
      },
      deviates: forgotten('liquidation', 'A hedged position is liquidated on one side, on the exchange that loses.'),
    }),
)

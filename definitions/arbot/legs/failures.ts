import {
  act,
  alert,
  alerts,
  decide,
  histogram_quantile,
  increase,
  look,
  rate,
  sum,
  text,
} from '../../language/index.ts'
import { forgotten, ruleOf } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { banAlerts } from '../exchange/ban.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

/** Legs that fail, and round trips that do not earn what they should. */
export const legAlerts = alerts({
  OrdersFailInARow: alert({
    when: metrics.consecutive_order_failures.gte(limits.failures),
    severity: 'critical',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, banAlerts.ApiKeyRejected],
    summary: (l, value) => text`${value} legs in a row failed on ${l.exchange}, limit ${limits.failures}`,
    resolved: (l) => text`a leg was filled on ${l.exchange} again`,
    runbook: {
      said: '연속 3회 이상',
      cause:
        'Three or more legs in a row ended on this exchange without a complete fill. The counter-legs on other exchanges may be filled meanwhile.',
      steps: [
        act('Look for legs without a counter-leg in the exchanges’ apps, and close them.'),
        flattenByHand,
        look(exchanges.panels.failures, 'one reason, since when?'),
        look(risk.panels.unhedged, 'is a leg without its counter-leg?'),
        look(exchanges.panels.streak, 'does it go on?'),
        look(system.panels.attention, 'what does the exchange answer?'),
        decide(
          'Act on the reason: insufficient_balance needs capital there; price_filter and min_notional mean that the trading rules of the pair changed; rate_limit can become a ban.',
        ),
      ],
    },
    deviates: ruleOf(
      'arbot_order_failures_total, 연속 3회 이상',
      'A counter of failures does not tell a streak from three failures among a thousand fills: the streak is a gauge, and each exchange has its own.',
    ),
  }),
  EdgeNotRealized: alert({
    when: histogram_quantile(0.5, sum(rate(metrics.edge_shortfall_bps, '6h')).by('strategy', 'instance'))
      .gt(limits.shortfall.median)
      .and(
        sum(increase(metrics.edge_shortfall_bps.count, '6h')).by('strategy', 'instance').gte(limits.shortfall.least),
      ),
    severity: 'warning',
    cooldown: '6h',
    remindEvery: '1d',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`half of the round trips of ${l.strategy} earn ${value.bps} or more less than expected, limit ${limits.shortfall.median.value} bp`,
    resolved: (l) => text`round trips of ${l.strategy} earn what they should again, or too few are left to judge it`,
    runbook: {
      cause:
        'The median of the expected edge minus the realized one, both after fees, is above five basis points, over six hours with at least 20 round trips. The bot trades on edges that are gone when its orders arrive, or that its model of fees overstates.',
      steps: [
        look(risk.panels.shortfall, 'since when, and which strategy?'),
        look(risk.panels.shortfalls, 'all round trips, or a few very bad ones?'),
        look(exchanges.panels.execution, 'are legs filled later than before?'),
        look(risk.panels.fees, 'did an exchange raise its fees?'),
        decide('Raise the minimum edge of the strategy by the shortfall, or switch it off.'),
      ],
    },
    deviates: forgotten(
      'edges that are not realized',
      'PnL says it days later: the win rate counts a round trip that earns a tenth of what it should as a profit.',
    ),
  }),
})

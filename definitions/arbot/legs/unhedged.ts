import { act, ageOf, alert, alerts, check, decide, figure, look, text } from '../../language/index.ts'
import { forgotten } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

/** A leg that is filled while its counter-leg is not. */
export const unhedgedAlerts = alerts({
  LegUnhedged: alert({
    when: ageOf(metrics.oldest_unhedged_leg_timestamp).gt(limits.unhedged),
    // after a restart of Prometheus the newest sample is an old one until the first scrape
    for: '10s',
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`a leg has had no counter-leg for ${value.duration}, limit ${limits.unhedged.value} s (unhedged in all: ${figure(metrics.unhedged_value_usd, '?').fixed})`,
    resolved: 'each leg has its counter-leg again',
    runbook: {
      cause:
        'One leg of a round trip is filled, and its counter-leg was refused, is waiting, or was never sent. Until it is filled, the bot has a position in one direction: what looked riskless is a bet on the price.',
      steps: [
        act('Fill the counter-leg in the exchange’s app, or close the leg that is filled.'),
        flattenByHand,
        look(risk.panels.unhedged, 'on which exchange is it filled?'),
        look(system.panels.legs, 'what became of the counter-leg?'),
        look(exchanges.panels.failures, 'does an exchange refuse orders, and why?'),
        check('open orders on the other exchange', 'is the counter-leg still waiting?'),
        decide('If you closed it by hand, restart the bot: it reads its positions from the exchanges at its start.'),
      ],
    },
    deviates: forgotten(
      'legs without a counter-leg',
      'It is how arbitrage loses the most money, and in the least time.',
    ),
  }),
})

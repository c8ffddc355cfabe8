import {
  act,
  alert,
  alerts,
  check,
  increaseFromZero,
  last_over_time,
  look,
  max_over_time,
} from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { systemDashboard } from '../dashboards/system.ts'
import { tradingDashboard } from '../dashboards/trading.ts'
import { flattenByHand } from '../flatten.ts'
import { metrics } from '../series.ts'
import { botUp, downAlerts, forgotten } from './alerts.ts'

/** The circuit breaker: as long as it is open, and if it was open too briefly for a scrape to see. */
export const breakerAlerts = alerts({
  CircuitBreakerTripped: alert({
    // A bot that does not say, since it is down or has only begun, has not been reset; an instance that is gone has.
    when: last_over_time(metrics.circuit_breaker_open.over('1h')).eq(flag(1)).and(botUp),
    severity: 'critical',
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown, downAlerts.BotAbsent],
    summary: 'the circuit breaker tripped and closed all positions; trading is halted until somebody resets it',
    resolved: 'the circuit breaker was reset, so the bot trades again',
    runbook: {
      cause: 'A system loss limit was exceeded, and the circuit breaker force-closed all positions.',
      steps: [
        act('Do not reset it until the cause is known: that resumes trading.'),
        flattenByHand,
        check('the positions at the exchange', 'is everything really closed?'),
        look(tradingDashboard.panels.sizes, 'does the bot agree?'),
        look(tradingDashboard.panels.equity, 'how much was lost, and how fast?'),
        look(systemDashboard.panels.breaker, 'is it still open?'),
      ],
    },
    deviates: forgotten('mcbot_circuit_breaker, which is counted but never used'),
  }),
  CircuitBreakerTrippedBriefly: alert({
    when: increaseFromZero(metrics.circuit_breaker_total, '10m', metrics.start_timestamp)
      .gt(0)
      .unless(max_over_time(metrics.circuit_breaker_open.over('10m')).eq(flag(1))),
    severity: 'critical',
    event: true,
    breaksQuiet: true,
    mutedBy: [downAlerts.BotDown, downAlerts.BotAbsent],
    summary:
      'the circuit breaker tripped, closed all positions, and was reset before the next scrape: the bot trades on',
    runbook: {
      cause:
        'A system loss limit was exceeded, and the circuit breaker force-closed all positions. It was reset within seconds: by a person, or by a restart that has lost its state.',
      steps: [
        act('If nobody has reset it, stop the bot: its circuit breaker does not hold.'),
        flattenByHand,
        check('the positions at the exchange', 'what was closed, and what has it opened since?'),
        look(tradingDashboard.panels.equity, 'how much was lost, and how fast?'),
        look(systemDashboard.panels.breaker),
      ],
    },
    deviates: forgotten('mcbot_circuit_breaker, which is counted but never used'),
  }),
})

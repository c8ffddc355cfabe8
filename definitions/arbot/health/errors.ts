import { act, alert, alerts, check, decide, deviation, increase, look, round, sum, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { overview } from '../dashboards/overview.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

/** The circuit breaker: a root cause of orders that are not sent. */
export const breakerAlerts = alerts({
  CircuitBreakerActive: alert({
    when: metrics.circuit_breaker_active.eq(flag(1)),
    severity: 'critical',
    breaksQuiet: true,
    thresholdIn: [overview.panels.breaker],
    mutedBy: [downAlerts.BotDown],
    summary: 'the circuit breaker is open: the bot opens no new round trips',
    resolved: 'the circuit breaker is closed, so the bot trades again',
    runbook: {
      said: '1이면 알림',
      cause:
        'Too much went wrong in a short time, and the circuit breaker opened. The bot completes the legs that are open, and sends no new ones until it closes.',
      steps: [
        act('Do not close it by hand until the cause is known: that resumes trading.'),
        flattenByHand,
        look(risk.panels.unhedged, 'is a leg left without its counter-leg?'),
        look(overview.panels.errors, 'which errors came before it opened?'),
        look(risk.panels.loss, 'how much was lost?'),
      ],
    },
    deviates: deviation('a row of a table without a rule: 1이면 알림', 'It says at once that trading has stopped.'),
  }),
})

/** Errors of whatever part of the bot. */
export const errorAlerts = alerts({
  HighErrorRate: alert({
    // to whole errors, which the message names
    when: round(sum(increase(metrics.errors_total, '5m')).by('instance'), 1).gte(limits.errors),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`${value} errors in 5 minutes, limit ${limits.errors}`,
    resolved: `fewer than ${limits.errors} errors in 5 minutes`,
    runbook: {
      said: '에러율 증가',
      cause: 'Ten or more errors within five minutes, in whatever part of the bot and of whatever kind.',
      steps: [
        look(system.panels.errors, 'a burst, or constant?'),
        look(system.panels.errorKinds, 'which part, and which kind? rate_limit can become a ban'),
        look(overview.panels.errors, 'what do they say?'),
        check('the status pages of the exchanges', 'is it maintenance?'),
        decide('If orders fail as well, manage open legs in the exchanges’ apps.'),
      ],
    },
    deviates: deviation(
      'rate(arbot_errors_total[5m]) > 2 for 5m; the table says 5분 내 10회 이상, the text “a minute”',
      'rate() is per second: 2 are 600 errors in five minutes, and 10 a minute are silent. It also compares each series by itself, so that errors of several kinds never add up. The table is kept, added up over components and kinds; its window is a hold.',
    ),
  }),
})

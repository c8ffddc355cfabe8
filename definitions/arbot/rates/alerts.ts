import { act, ageOf, alert, alerts, check, decide, look, text } from '../../language/index.ts'
import { forgotten } from '../alert-deviations.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { downAlerts } from '../health/down.ts'
import { heartbeatAlerts } from '../health/heartbeat.ts'
import { limits } from '../limits.ts'
import { metrics } from '../series.ts'

const haltIt = act('If the bot still trades across these currencies, halt it: each of its spreads is wrong by as much.')
const rates = forgotten(
  'reference rates',
  'KRW and USDT are compared through them: a rate of an hour ago makes a spread that does not exist.',
)

/** The rates through which prices in different currencies are compared. */
export const rateAlerts = alerts({
  ReferenceRateStale: alert({
    when: ageOf(metrics.reference_rate_timestamp).gt(limits.rate.age),
    // after a restart of Prometheus the newest sample is an old one until the first scrape
    for: '10s',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown, heartbeatAlerts.HeartbeatMissed],
    summary: (l, value) =>
      text`the reference rate ${l.rate} is ${value.duration} old, limit ${limits.rate.age.value} min: spreads across it may not exist`,
    resolved: (l) => text`the reference rate ${l.rate} is current again`,
    runbook: {
      cause:
        'The source of the rate has given no new one for more than five minutes. The bot compares prices in different currencies through a rate that is no longer true.',
      steps: [
        haltIt,
        look(risk.panels.rateAge, 'one rate, or both?'),
        look(risk.panels.rateDeviation, 'how far is it from the second source?'),
        check('the source of the rate', 'does it answer, and with which time?'),
        look(system.panels.attention, 'does the call fail?'),
      ],
    },
    deviates: rates,
  }),
  ReferenceRateDeviates: alert({
    when: metrics.reference_rate_deviation.gt(limits.rate.deviation),
    for: '1m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`the reference rate ${l.rate} is ${value.percent} away from a second source, limit ${limits.rate.deviation.value} %`,
    resolved: (l) => text`the reference rate ${l.rate} agrees with its second source again`,
    runbook: {
      cause:
        'Two sources of the same rate disagree by more than one percent, which is more than any edge: one of them is wrong, or the market moves faster than they do.',
      steps: [
        haltIt,
        look(risk.panels.rateDeviation, 'a step, or a drift?'),
        look(risk.panels.rateAge, 'is one of them old?'),
        check('the rate at a third source', 'which of the two is wrong?'),
        decide('Switch the bot to the source that is right.'),
      ],
    },
    deviates: rates,
  }),
})

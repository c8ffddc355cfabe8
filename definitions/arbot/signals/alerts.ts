import { alert, alerts, check, decide, look, text } from '../../language/index.ts'
import { forgotten, ruleOf } from '../alert-deviations.ts'
import { exchanges } from '../dashboards/exchanges.ts'
import { overview } from '../dashboards/overview.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { downAlerts } from '../health/down.ts'
import { breakerAlerts } from '../health/errors.ts'
import { limits } from '../limits.ts'
import { implausibleSpreads, rejectedShare, tradable } from '../shares.ts'

/** Signals that are not executed, and signals that are none. */
export const signalAlerts = alerts({
  SignalsRejected: alert({
    when: rejectedShare.gte(limits.rejections.share).and(tradable.gte(limits.rejections.least)),
    severity: 'warning',
    cooldown: '1h',
    mutedBy: [downAlerts.BotDown, breakerAlerts.CircuitBreakerActive],
    summary: (_, value) =>
      text`${value.percent} of the signals with enough edge are rejected, limit ${limits.rejections.share.value} %`,
    resolved: 'signals are executed again, or there are too few of them to judge it',
    runbook: {
      said: '거부율 80% 이상',
      cause:
        'At least four of five signals whose edge is large enough are rejected, over half an hour with at least 20 of them: a limit of the bot, its capital or its data holds it back.',
      steps: [
        look(risk.panels.rejections, 'which reason?'),
        look(risk.panels.inventory, 'if it is inventory or balance: does everything lie on one exchange?'),
        look(exchanges.panels.quoteAge, 'if it is stale_quote: which exchange is behind?'),
        look(overview.panels.signals, 'are any signals executed?'),
        decide('Move capital to where signals need it, or accept that the limit does its work.'),
      ],
    },
    deviates: ruleOf(
      '거부율 80% 이상',
      'Most spreads are smaller than their fees, so nearly all signals are rejected all the time: those below the minimum edge do not count, nor those during a halt, which has an alert of its own. The first rejection after a start is 100 %, so it takes 20 signals.',
    ),
  }),
  ImplausibleSpreads: alert({
    when: implausibleSpreads.gte(limits.implausible),
    severity: 'warning',
    cooldown: '1h',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`${value} spreads that ${l.strategy} detected in 15 minutes are too large to be true, limit ${limits.implausible}`,
    resolved: (l) => text`${l.strategy} detects only plausible spreads again`,
    runbook: {
      cause:
        'Spreads above the bot’s sanity bound are bait, not signals: an exchange with closed withdrawals, a coin that two exchanges call by the same name, a wrong reference rate, or a price that is not updated. The bot did not trade them.',
      steps: [
        look(risk.panels.spreads, 'how large are they?'),
        look(exchanges.panels.withdrawals, 'is a way closed?'),
        look(risk.panels.rateDeviation, 'is a reference rate wrong?'),
        look(system.panels.signalLines, 'which pair, and which two exchanges?'),
        check('both order books in the exchanges’ apps', 'does the spread exist?'),
        decide('If it is one pair, exclude it until you know why.'),
      ],
    },
    deviates: forgotten(
      'spreads that are too large',
      'The largest spread of the day is the one that cannot be realized.',
    ),
  }),
})

import { alert, alerts, decide, deviation, lines, look, text } from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { closeByHand } from '../flatten.ts'
import { downAlerts } from '../health/down.ts'
import { events } from '../log-events.ts'

/** What the bot's own risk manager says. */
export const riskAlerts = alerts({
  RiskLimitExceeded: alert({
    // it ends soon, so that the next one is notified again
    when: lines(events.risk_alert).count('2m').by('symbol', 'limit').gte(1),
    keepFiringFor: '0s',
    severity: 'warning',
    cooldown: '5m',
    event: true,
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) =>
      text`the risk manager reports an exceeded limit: ${l.limit} of ${l.symbol}, lines in 2 minutes: ${value}`,
    runbook: {
      cause:
        'The risk manager of the bot logged risk_alert: a limit of its own configuration is exceeded. daily_loss and drawdown are its limits, not those of BalanceDrop and DrawdownExceeded.',
      steps: [
        look(log.panels.attention, 'what does the line say, and does it come again?'),
        look(monitor.panels.exposure, 'how much is at stake?'),
        closeByHand,
        decide('If the bot does not reduce the position by itself, do it at the exchange.'),
      ],
    },
    deviates: deviation(
      'risk_alert is one of the ten types, and nothing reads it',
      'The line is the only trace of a limit that the bot itself has: it is notified.',
    ),
  }),
})

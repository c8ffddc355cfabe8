import { alert, alerts, check, deviation, increase, look, sum, text } from '../../language/index.ts'
import { executionDashboard } from '../dashboards/execution.ts'
import { systemDashboard } from '../dashboards/system.ts'
import { outageAlerts } from '../exchange/outage.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './alerts.ts'

/** Errors of the bot's components. */
export const errorAlerts = alerts({
  ErrorBurst: alert({
    when: sum(increase(metrics.errors_total, '5m')).by('component', 'instance').gte(10),
    for: '1m',
    // the window keeps it firing, too, and both must end before ExchangeUnreachable does
    keepFiringFor: '90s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, outageAlerts.ExchangeUnreachable],
    summary: (l, value) => text`${value} errors in component ${l.component} in 5 minutes, limit 10`,
    resolved: (l) => text`component ${l.component} has fewer errors again`,
    runbook: {
      cause: 'One component of the bot keeps failing.',
      steps: [
        look(systemDashboard.panels.errors, 'which component, which error type?'),
        check('the log with `docker compose logs --tail 200`', 'which error came first?'),
        look(executionDashboard.panels.rejected, 'are orders affected?'),
      ],
    },
    deviates: deviation(
      'no alert for mcbot_errors_total, which is counted but never used',
      'The bot could fail this way without anyone being notified.',
    ),
  }),
})

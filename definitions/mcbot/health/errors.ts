import {
  act,
  alert,
  alerts,
  check,
  deviation,
  increase,
  increaseFromZero,
  look,
  sum,
  text,
} from '../../language/index.ts'
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
  HandlersFailing: alert({
    // three hourly bars, and one to spare
    when: increaseFromZero(metrics.eventbus_handler_errors_total, '4h', metrics.start_timestamp).gte(3),
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`${value} uncaught errors in event handlers in 4 hours, limit 3: those events were not handled`,
    resolved: 'event handlers have thrown fewer than three errors in 4 hours',
    runbook: {
      cause:
        'A handler of the event bus keeps throwing: three errors in four hours, which is one for each hourly bar. A strategy that throws on every bar never trades, and is too slow for ErrorBurst.',
      steps: [
        check('the log with `docker compose logs --tail 500`', 'which exception, in which handler, for which symbol?'),
        look(systemDashboard.panels.handlerErrors, 'one for each bar, or all at once?'),
        look(executionDashboard.panels.signals, 'do the strategies still give signals?'),
        act(
          'Stop the strategy that throws until it is fixed, and watch its positions yourself: it neither opens nor closes any.',
        ),
      ],
    },
    deviates: deviation(
      'mcbot_eventbus_handler_errors_total is counted but never used',
      'A bot with hourly bars fails three times in three hours, and no alert on bursts sees it.',
    ),
  }),
})

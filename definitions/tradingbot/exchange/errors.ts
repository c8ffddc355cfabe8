import {
  alert,
  alerts,
  check,
  decide,
  deviation,
  increase,
  lines,
  look,
  round,
  sum,
  text,
} from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { downAlerts } from '../health/down.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'
import { banAlerts } from './ban.ts'

/**
 * Calls that failed within a minute. Seven samples, one every 10 seconds, span exactly a minute, and `increase()` stretches
 * what they show to its 70 seconds: over a window of a minute, five errors would count as six.
 */
const failedInMinute = round(sum(increase(metrics.api_errors_total, '70s')).by('instance').times(60).div(70), 1)

const status = check('the exchange’s status page', 'is it maintenance?')

const spikeAlerts = alerts({
  ApiErrorSpike: alert({
    when: failedInMinute.gt(limits.apiErrors.minute),
    // until ApiErrorBurst, which it mutes, has ended: its window is five minutes
    keepFiringFor: '6m',
    severity: 'warning',
    cooldown: '5m',
    mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, banAlerts.ApiKeyRejected],
    summary: (_, value) => text`${value} API calls failed in a minute, limit ${limits.apiErrors.minute}`,
    resolved: `for 6 minutes no more than ${limits.apiErrors.minute} API calls a minute have failed`,
    runbook: {
      said: 'API 에러 급증',
      cause:
        'More than five calls to the exchange failed within a minute, of whatever kind: the exchange, the network, or the calls themselves are at fault.',
      steps: [
        look(monitor.panels.apiErrors, 'which kind? rate_limit can become a ban'),
        look(monitor.panels.apiErrorShare, 'some calls, or all of them?'),
        status,
        look(log.panels.attention, 'what does the exchange answer, and to which call?'),
        decide('If close orders fail as well, manage positions in the exchange’s app.'),
      ],
    },
    deviates: deviation(
      'API 에러 급증: the counter api_errors_1min above 5, which nothing increments; cooldown 300 s',
      'The rule never fires, and a counter that never goes down would fire forever after the sixth error. The threshold and the cooldown are kept; the window is in the query and is checked every 10 seconds. increase() stretches what it finds to its window, and would count five errors within 50 seconds as six: here the minute is what seven samples span. While it lasts, the document repeats it every five minutes; here it is sent once, with a reminder every six hours.',
    ),
  }),
})

/** Calls to the exchange that fail. */
export const apiErrorAlerts = {
  ...spikeAlerts,
  ...alerts({
    ApiErrorBurst: alert({
      when: lines(events.api_error).count('5m').by('kind').gte(limits.apiErrors.kind),
      // it must end before what mutes it does
      keepFiringFor: '0s',
      severity: 'warning',
      mutedBy: [downAlerts.BotDown, banAlerts.ExchangeBan, banAlerts.ApiKeyRejected, spikeAlerts.ApiErrorSpike],
      summary: (l, value) =>
        text`${value} API calls failed in 5 minutes with the same kind of error, ${l.kind} (limit ${limits.apiErrors.kind})`,
      resolved: (l) => text`fewer API calls fail with ${l.kind}`,
      runbook: {
        cause:
          'One kind of error comes again and again, but not as fast as ApiErrorSpike asks for: timeout and connection are the network, rate_limit is the bot itself, auth is the key, server and invalid_response are the exchange.',
        steps: [
          look(log.panels.errors, 'a burst, or constant?'),
          look(log.panels.attention, 'which call, and what does the exchange answer?'),
          status,
          check('the network of the bot’s host', 'if it is timeout or connection'),
        ],
      },
      deviates: deviation(
        'errors are counted in one figure per minute',
        'Two timeouts a minute never exceed five, and last all night: errors of one kind within five minutes have an alert of their own.',
      ),
    }),
  }),
}

import { act, alert, alerts, check, decide, deviation, look, max, min } from '../../language/index.ts'
import { flag, seconds } from '../../language/metrics.ts'
import { exchangeDashboard } from '../dashboards/exchange.ts'
import { flattenByHand } from '../flatten.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

const disconnected = max(metrics.exchange_ws_connected).by('instance').eq(flag(0))
const silent = min(metrics.ws_last_message_age_seconds).by('instance').gt(seconds(30))

/** The exchange as a whole: a root cause, which mutes the alerts that follow from it. */
export const outageAlerts = alerts({
  ExchangeUnreachable: alert({
    when: max(metrics.exchange_consecutive_failures).by('instance').gte(1).and(disconnected.or(silent)),
    // not longer than any alert that it mutes, or that one would be sent first
    for: '30s',
    // until what it mutes has ended as well: a window of five minutes and 90 seconds more, or four minutes after the last failure
    keepFiringFor: '7m',
    severity: 'critical',
    // nothing new can be said until it ends
    remindEvery: '4h',
    mutedBy: [downAlerts.BotDown],
    summary: 'the exchange is unreachable: API calls fail, and no stream delivers',
    resolved: 'the exchange has been reachable again for 7 minutes: check positions and open orders',
    runbook: {
      cause:
        'The last API call failed, and every stream is disconnected or has delivered nothing for 30 seconds: exchange maintenance, or the network of this host. The bot can neither trade nor cancel. What follows from it (failing calls, streams, late bars) is muted.',
      steps: [
        act(
          'Open the exchange’s app over another network, such as mobile data. If it works, close there what must not be left unattended.',
        ),
        flattenByHand,
        check('the exchange’s status page and maintenance notices', 'is it maintenance?'),
        check(
          'the network of the bot’s host with `curl -sS https://fapi.binance.com/fapi/v1/ping`',
          'does it print {}? Then the exchange can be reached from there, and the bot is at fault',
        ),
        decide(
          'If the exchange itself is down, wait: stop orders stay there, and the bot reconnects by itself. If only this host cannot reach it, repair its network.',
        ),
        look(exchangeDashboard.panels.wsConnection, 'since when, and do streams come back?'),
        look(exchangeDashboard.panels.consecutiveFailures, 'does any call succeed?'),
      ],
    },
    deviates: deviation(
      'one alert each for the API and the streams',
      'An exchange maintenance would send all of them at once: one alert says what happened and mutes them.',
    ),
  }),
})

import { alert, alerts, check, deviation, figure, look, run, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { botAbsent } from '../../watchers/process.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { lastHeld } from '../held.ts'
import { botUp } from '../series.ts'

const held = {
  positions: figure(lastHeld.positions, '?'),
  exposure: figure(lastHeld.exposure, '?').fixed,
  unprotected: figure(lastHeld.unprotected, '?'),
  orders: figure(lastHeld.orders, '?'),
}
const start = run('systemctl start tradingbot', 'starts it under its watchdog, if neither runs')

/** The bot is down or missing: root causes, which mute the alerts that follow from them. */
export const downAlerts = alerts({
  BotDown: alert({
    when: botUp.eq(flag(0)),
    // longer than a planned restart, in which one or two scrapes fail
    for: '30s',
    // until the first heartbeat after a restart has reached the store, or its absence would be sent
    keepFiringFor: '90s',
    severity: 'critical',
    thresholdIn: [monitor.panels.up],
    summary: () =>
      text`no answer to scrapes for more than 30 seconds; held at the last one: ${held.positions} positions (${held.exposure} gross), ${held.unprotected} of them without a stop, and ${held.orders} open orders`,
    resolved: 'the bot answers scrapes again: check its positions and open orders, which nobody watched meanwhile',
    runbook: {
      cause:
        'Prometheus has not been able to scrape the bot for half a minute: the process is gone, hangs, or is unreachable. Its stop orders now exist only at the exchange. If its watchdog runs, it restarts the bot.',
      steps: [
        start,
        flattenByHand,
        check('positions and open orders at the exchange itself', 'what must not be left unattended?'),
        check(
          'bot and watchdog with `systemctl status tradingbot`',
          'does the watchdog restart it, or did it give up?',
        ),
        check('its last lines with `botwatch logs --bot tradingbot --since 15m`', 'what did it do last?'),
        look(monitor.panels.exposure, 'how much was at stake when it went down?'),
      ],
    },
    deviates: deviation(
      'a bot that is down raises no alert: the rules run inside the bot',
      'The message of a bot that is down is the first one to have: Prometheus watches from outside, and says what the bot held at the last scrape.',
    ),
  }),
  BotAbsent: botAbsent(
    flattenByHand,
    deviation('nothing watches whether the bot is watched', 'Without a target every other alert is silent.'),
  ),
})

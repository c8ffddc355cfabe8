import { alert, alerts, check, deviation, figure, look, run, sum, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { botAbsent } from '../../watchers/process.ts'
import { forgotten } from '../alert-deviations.ts'
import { risk } from '../dashboards/risk.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { lastHeld } from '../held.ts'
import { botUp } from '../series.ts'

const held = {
  exposure: figure(lastHeld.exposure, '?').fixed,
  openLegs: figure(sum(lastHeld.openLegs).by('instance'), '?'),
  unhedgedLegs: figure(sum(lastHeld.unhedgedLegs).by('instance'), '?'),
  unhedgedValue: figure(lastHeld.unhedgedValue, '?').fixed,
}

/** The bot is down or missing: root causes, which mute the alerts that follow from them. */
export const downAlerts = alerts({
  BotDown: alert({
    when: botUp.eq(flag(0)),
    // longer than a planned restart, in which a few scrapes fail
    for: '30s',
    // until the first heartbeat after a restart has reached the store, or its absence would be sent
    keepFiringFor: '90s',
    severity: 'critical',
    thresholdIn: [system.panels.up],
    summary: () =>
      text`no answer to scrapes for more than 30 seconds; held at the last one: ${held.exposure} gross, ${held.openLegs} open legs, and ${held.unhedgedLegs} unhedged ones (${held.unhedgedValue})`,
    resolved: 'the bot answers scrapes again: check positions and open orders on each exchange, which nobody watched',
    runbook: {
      cause:
        'Prometheus has not been able to scrape the bot for half a minute: the process is gone, hangs, or is unreachable. Nothing completes its open legs now, and a leg without its counter-leg is a bet on the price. If its watchdog runs, it restarts the bot.',
      steps: [
        run('systemctl start arbot', 'starts it under its watchdog, if neither runs'),
        flattenByHand,
        check('positions and open orders on each exchange', 'does each leg have its counter-leg?'),
        check('bot and watchdog with `systemctl status arbot`', 'does the watchdog restart it, or did it give up?'),
        check('the last lines of /var/log/trading/arbot.jsonl', 'what did it do last?'),
        look(risk.panels.unhedgedValue, 'how much was unhedged when it went down?'),
      ],
    },
    deviates: deviation(
      'exchange_connected is silent when the process is gone, and no rule is about the process',
      'Its series end with the bot: the message of a bot that is down is the first one to have, and says what it held at the last scrape.',
    ),
  }),
  BotAbsent: botAbsent(
    flattenByHand,
    forgotten('a bot that is not scraped', 'Without a target every other alert is silent.'),
  ),
})

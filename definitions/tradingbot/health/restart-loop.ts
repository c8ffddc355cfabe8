import { act, alert, alerts, changes, check, deviation, look, text } from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

/** A process that does not stay up. */
export const restartLoopAlerts = alerts({
  RestartLoop: alert({
    when: changes(metrics.start_timestamp, '30m').gte(3),
    severity: 'critical',
    thresholdIn: [monitor.panels.restarts],
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`the bot restarted ${value} times in 30 minutes, limit 3`,
    resolved: 'the bot has restarted less than three times in the last 30 minutes: check its open orders',
    runbook: {
      cause: 'The bot keeps ending and starting, whatever restarts it. Each start may cancel or repeat orders.',
      steps: [
        act('Run `systemctl stop tradingbot`: a stopped bot loses less than one in a restart loop.'),
        flattenByHand,
        check('its output with `journalctl -u tradingbot -n 200`', 'what is the last line before each start?'),
        look(log.panels.attention, 'which error comes before each start?'),
      ],
    },
    deviates: deviation(
      'the only limit on restarts is reset by every heartbeat',
      'A bot that crashes a minute after each start sends a heartbeat in between and is restarted forever: restarts in half an hour are counted from outside.',
    ),
  }),
})

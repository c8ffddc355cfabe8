import { act, alert, alerts, check, lines, look, text } from '../../language/index.ts'
import { heartbeatLineMissing } from '../../watchers/log.ts'
import { forgotten } from '../alert-deviations.ts'
import { system } from '../dashboards/system.ts'
import { flattenByHand } from '../flatten.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

/** The main loop says nothing, although the process answers. */
export const heartbeatAlerts = alerts({
  HeartbeatMissed: alert({
    // an age needs no hold: it is one
    when: metrics.heartbeat_age.gt(limits.heartbeat),
    // until what it mutes has ended
    keepFiringFor: '4m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) =>
      text`the main loop has been silent for ${value.duration}, limit ${limits.heartbeat.value} s: nothing completes open legs`,
    resolved: 'the main loop runs again: check positions and open orders on each exchange',
    runbook: {
      cause:
        'The process answers scrapes, but its main loop is stuck: it neither sends nor completes legs. If a watchdog runs, it restarts the bot after two minutes of silence.',
      steps: [
        act(
          'Note its open orders on each exchange, then let the watchdog restart it, or run `systemctl restart arbot`.',
        ),
        flattenByHand,
        look(system.panels.heartbeat, 'since when? Does the watchdog miss its heartbeats, too?'),
        look(system.panels.all, 'what did it do last?'),
        check('the process with `systemctl status arbot`', 'does it use CPU, or does it wait for something?'),
      ],
    },
    deviates: forgotten(
      'a main loop that hangs',
      'Connections and figures stay as they were, so no condition of the document sees it.',
    ),
  }),
})

/** Lines of the log that are missing. */
export const heartbeatLineAlerts = alerts({
  HeartbeatLineMissing: heartbeatLineMissing({
    bot: 'arbot',
    absent: lines(events.heartbeat).absent('90s'),
    blind: 'The panel of the last 50 errors is empty, whatever happens.',
    counts: system.panels.counts,
    mutedBy: [downAlerts.BotDown, heartbeatAlerts.HeartbeatMissed],
    deviates: forgotten('a log that does not arrive', 'An empty panel of errors looks like a quiet night.'),
  }),
})

import { act, alert, alerts, check, deviation, lines, look, run, text } from '../../language/index.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { limits } from '../limits.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'
import { downAlerts } from './down.ts'

const { heartbeat } = limits

/** The main loop says nothing, although the process answers. */
export const heartbeatAlerts = alerts({
  HeartbeatMissed: alert({
    // an age needs no hold: it is one
    when: metrics.heartbeat_age.gt(heartbeat),
    // until what it mutes has ended
    keepFiringFor: '4m',
    severity: 'critical',
    cooldown: '2m',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`the main loop has been silent for ${value.duration}, limit ${heartbeat.value / 60} min`,
    resolved: 'the main loop runs again: check positions and open orders',
    runbook: {
      said: '봇 무응답',
      cause:
        'The process answers scrapes, but its main loop is stuck: it neither trades nor reacts to the market. If a watchdog runs, it restarts the bot after four minutes of silence, one minute after this message at the earliest.',
      steps: [
        act(
          'Note its open orders at the exchange, then let the watchdog restart it, or run `systemctl restart tradingbot`.',
        ),
        flattenByHand,
        look(monitor.panels.heartbeat, 'since when? Does the watchdog miss its heartbeats, too?'),
        look(log.panels.all, 'what did it do last?'),
        check('the process with `systemctl status tradingbot`', 'does it use CPU, or does it wait for something?'),
      ],
    },
    deviates: deviation(
      'the rule 봇 무응답 has no branch in check_alerts, so it never fires; alert and restart both wait 180 seconds; cooldown 120 s',
      'The threshold and the cooldown are kept, and checked every 10 seconds instead of 30. The alert comes first: the watchdog runs with `--silent 4m`, so that the message is out, and the bot can still be inspected, before the restart ends the condition. The restart has an alert of its own, BotRestarted, so that neither hides the other.',
    ),
  }),
})

/** Lines of the log that are missing. */
export const heartbeatLineAlerts = alerts({
  HeartbeatLineMissing: alert({
    when: lines(events.heartbeat).absent('3m'),
    // the first heartbeat of a bot comes within a minute of its start
    for: '2m',
    // it must end before what mutes it does
    keepFiringFor: '0s',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown, heartbeatAlerts.HeartbeatMissed],
    hidesLines: true,
    summary: 'no heartbeat line for 5 minutes: the log does not arrive, and alerts on the log are blind',
    resolved: 'heartbeat lines arrive again',
    runbook: {
      cause:
        'The bot writes a heartbeat line every minute, and the store has none of the last five. The bot itself runs, or BotDown or HeartbeatMissed would have been sent instead: its lines are not written, or do not reach the store. OrderVerySlow, OrdersFailing, ApiErrorBurst and RiskLimitExceeded cannot fire.',
      steps: [
        check(
          'the newest file with `ls -lt /var/log/trading/tradingbot.*.jsonl | head -1`',
          'does it grow: is the bot still writing?',
        ),
        check('the space of its disk with `df -h /var/log/trading`', 'is it full?'),
        check('the owner and mode of the file with `ls -ln /var/log/trading`', 'may the bot write, and vlagent read?'),
        run('docker compose up -d vlagent victoria-logs', 'starts what reads and stores lines, if it does not run'),
        look(log.panels.counts, 'all events, or the heartbeat alone?'),
      ],
    },
    deviates: deviation(
      'nothing watches the log itself',
      'A dead log looks like a quiet night. The heartbeat line is the one that always has to arrive.',
    ),
  }),
})

import { act, alert, alerts, check, decide, deviation, increase, look, run, sum, text } from '../../language/index.ts'
import { flag } from '../../language/metrics.ts'
import { log } from '../dashboards/log.ts'
import { monitor } from '../dashboards/monitor.ts'
import { flattenByHand } from '../flatten.ts'
import { watchdogJob as job, scrapeMetrics, watchdog } from '../series.ts'

const { up } = scrapeMetrics

/** The watchdog: what it did, and whether it can still do it. */
export const restartAlerts = alerts({
  WatchdogDown: alert({
    when: up.where({ job }).eq(flag(0)),
    for: '2m',
    severity: 'critical',
    summary: 'the watchdog is not answering scrapes: if the bot stops, it may stay down',
    resolved: 'the watchdog answers scrapes again',
    runbook: {
      cause:
        'The watchdog has exited or hangs: if the bot stops now, nothing restarts it. It exits by itself when it has given up, which BotGivenUp says.',
      steps: [
        check(
          'positions and open orders at the exchange before you start anything',
          'what must not be left unattended?',
        ),
        check('bot and watchdog with `systemctl status tradingbot`', 'did it give up, or was it stopped?'),
        check('its output with `journalctl -u tradingbot -n 50`', 'why did it end?'),
        run('systemctl start tradingbot', 'starts watchdog and bot, if neither runs'),
      ],
    },
    deviates: deviation(
      'nothing monitors the watchdog',
      'A watchdog that has ended looks like one that has nothing to do.',
    ),
  }),
  BotRestarted: alert({
    // it ends soon, so that the next restart is notified again
    when: sum(increase(watchdog.restarts_total, '2m')).by('reason').gt(0),
    keepFiringFor: '0s',
    severity: 'warning',
    cooldown: '1m',
    event: true,
    thresholdIn: [monitor.panels.watchdogRestarts],
    summary: (l) => text`the watchdog restarted the bot, reason: ${l.reason}`,
    runbook: {
      cause:
        'The watchdog restarted the bot: its process had exited (ended), or its main loop had sent no heartbeat for four minutes (silent). Restarts within two minutes of each other are sent as one message.',
      steps: [
        check('positions and open orders at the exchange', 'do they match what the bot reports?'),
        look(monitor.panels.differences, 'do the books agree with the exchange after the restart?'),
        look(log.panels.all, 'what were the last lines before the restart?'),
        look(monitor.panels.restartsLeft, 'how often will it still be restarted?'),
      ],
    },
    deviates: deviation(
      'a restart sends no notification, and the output of the new process goes into a pipe that nobody reads',
      'Each restart is notified with its reason. A pipe that is full stops the bot at its next line: the watchdog reads it.',
    ),
  }),
  NoRestartLeft: alert({
    when: watchdog.restarts_left.lt(1),
    severity: 'critical',
    thresholdIn: [monitor.panels.restartsLeft],
    summary: 'the bot has no restarts left: if it fails again, it stays down',
    resolved: 'the bot has been healthy long enough to have its restarts back',
    runbook: {
      cause:
        'All restarts are used up, and the bot has not been healthy for ten minutes since the last one. If it fails again, the watchdog posts BotGivenUp and ends.',
      steps: [
        act('Fix what makes it fail: another restart will not.'),
        flattenByHand,
        look(log.panels.attention, 'which error comes before each restart?'),
        decide('Be ready to manage its positions at the exchange yourself.'),
      ],
    },
    deviates: deviation(
      'every heartbeat resets the restart count; after three restarts the watchdog itself ends with an error',
      'A bot in a crash loop that sends one heartbeat per start is restarted forever: here the count is reset only after ten minutes of health. The watchdog says beforehand that it will give up, and posts BotGivenUp when it does.',
    ),
  }),
})

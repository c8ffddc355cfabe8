import { relay } from '../exporters/relay.ts'
import { scrape } from '../exporters/scrape.ts'
import { alert, alerts } from '../language/alert.ts'
import { series } from '../language/query/series.ts'
import { check, decide, run } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag, seconds } from '../language/unit.ts'
import { postedAlert, watchdog } from '../language/watchdog.ts'

const relayMetrics = series(relay)
const { up } = series(scrape)

/** The scrape job of the relay. */
export const relayJob = 'relay'

/** Alerts about the way from a rule to a phone, which every bot has. */
export const deliveryAlerts = alerts({
  Watchdog: watchdog({
    summary: 'Always firing: Prometheus evaluates rules and Alertmanager delivers.',
    runbook: {
      cause:
        'It always fires. The relay watches that it keeps arriving, and so does an external dead man’s switch, if there is one.',
      steps: [
        check('the servers with `docker compose ps`', 'which one is down?'),
        run('docker compose up -d', 'starts them again'),
      ],
    },
    remindEvery: '1m',
  }),
  MonitoringStopped: postedAlert({
    severity: 'critical',
    summary: 'nothing evaluates alerts any more',
    cooldown: '1m',
    runbook: {
      cause:
        'Prometheus does not answer, or evaluates nothing, or does not reach Alertmanager. No other alert can fire now, and none is reported as resolved. The bot may well be running: nobody knows.',
      steps: [
        run('docker compose up -d', 'starts what is not running'),
        check('positions and open orders at the exchange itself', 'until it is back, nothing else shows them'),
        check('the log of Prometheus with `docker compose logs --tail 50 prometheus`', 'why did it stop?'),
        check('the disks with `df -h`', 'is one full? That stops Prometheus'),
        check(
          'the bot’s own log, once Prometheus is back',
          'what happened meanwhile? An event in a long gap, such as a trip of the circuit breaker that was reset, is reported by no alert',
        ),
      ],
    },
  }),
  RelayDown: alert({
    when: up.where({ job: relayJob }).eq(flag(0)),
    for: '1m',
    severity: 'critical',
    direct: true,
    summary: 'the relay does not answer: no other message reaches you',
    runbook: {
      cause:
        'The relay delivers all messages of Alertmanager; this one was sent without it. Alertmanager keeps trying for a few minutes, then waits for the next reminder.',
      steps: [
        check('its state with `docker compose ps relay`', 'is it running?'),
        check('its log with `docker compose logs --tail 50 relay`', 'why did it stop?'),
        run('docker compose up -d relay', 'starts it again'),
        check('Alertmanager’s own page', 'what fires meanwhile?'),
      ],
    },
  }),
  NotificationsFailing: alert({
    when: relayMetrics.relay_failing_seconds.gt(seconds(45)),
    severity: 'critical',
    breaksQuiet: true,
    summary: (l, value) => text`messages have not reached ${l.channel} for ${value.duration}, limit 45 s`,
    resolved: (l) => text`messages reach ${l.channel} again`,
    runbook: {
      cause:
        'A channel accepts no messages: its token, chat or webhook is wrong, or the service does not answer or limits the rate. Messages wait for it in a queue and are tried again; the other channels do not wait.',
      steps: [
        run('make test-alert', 'shows what is wrong with each channel'),
        check('the log with `docker compose logs --tail 50 relay`', 'what does the service answer?'),
        decide(
          'If you do not use the channel, remove it from `tell` in the definition of the environment and run make apply.',
        ),
      ],
    },
  }),
})

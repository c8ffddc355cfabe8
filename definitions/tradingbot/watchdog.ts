import { scrape } from '../exporters/scrape.ts'
import {
  act,
  alert,
  alerts,
  check,
  decide,
  deviation,
  increase,
  seconds,
  series,
  sum,
  text,
} from '../language/index.ts'
import { flag, watchdogMetrics } from '../language/metrics.ts'

/** The watchdog's scrape job. */
const job = 'tradingbot-watchdog'
const watchdog = series(watchdogMetrics)
const scraped = series(scrape)

/** The metrics that the watchdog exposes, and those that Prometheus adds for its target. */
export const watchdogExporters = [
  { job, metrics: watchdogMetrics },
  { job, metrics: scrape },
]

const said = '봇 무응답'
const stronger = (what: string) =>
  deviation(
    what,
    'In the document every heartbeat resets the restart count, so a bot in a crash loop is restarted forever and nobody is notified.',
  )

/** Restarts of the bot, and whether the watchdog can still restart it. */
export const restarts = alerts({
  WatchdogDown: alert({
    when: scraped.up.where({ job }).eq(flag(0)),
    for: '2m',
    severity: 'critical',
    summary: 'the watchdog is not answering scrapes: if the bot stops, it may stay down',
    runbook: {
      cause: 'The watchdog has exited or hangs: if the bot stops responding now, nothing restarts it.',
      steps: [
        check('its state with `systemctl status tradingbot`', 'did it give up, or was it stopped?'),
        check('open orders and positions at the exchange before you start anything'),
      ],
    },
    deviates: stronger('nothing monitors the watchdog'),
  }),
  BotSilent: alert({
    when: watchdog.beat_age_seconds.gt(seconds(60)),
    severity: 'warning',
    summary: (_, value) => text`the bot sent its last heartbeat ${value.duration} ago, limit 60 s`,
    runbook: {
      said,
      cause:
        'The main loop has sent no heartbeat for more than a minute. After three minutes the watchdog restarts the bot.',
      steps: [
        check('the last lines of its log'),
        check('its state with `systemctl status tradingbot`', 'is it using CPU?'),
      ],
    },
    deviates: deviation(
      '180 seconds for both the message and the restart',
      'The message comes before the restart, while the bot can still be inspected.',
    ),
  }),
  BotRestarted: alert({
    when: sum(increase(watchdog.restarts_total, '15m')).by('reason').gt(0),
    severity: 'warning',
    event: true,
    summary: (l) => text`the watchdog restarted the bot, reason: ${l.reason}`,
    runbook: {
      cause: 'The bot crashed (ended) or stopped sending heartbeats (silent), and the watchdog restarted it.',
      steps: [
        check('open orders and positions at the exchange', 'does the bot believe the same?'),
        check('the last lines of its log before the restart'),
      ],
    },
    deviates: stronger('a restart sends no notification'),
  }),
  NoRestartLeft: alert({
    when: watchdog.restarts_left.lt(1),
    severity: 'critical',
    summary: 'the bot has no restarts left: if it fails again, it stays down',
    runbook: {
      cause: 'All restarts are used up, and the bot has not been healthy for ten minutes since the last one.',
      steps: [
        act('Fix what makes it fail: another restart will not.'),
        decide('Be ready to close its positions at the exchange by hand.'),
      ],
    },
    deviates: stronger('after three restarts the watchdog itself exits with an error'),
  }),
})

import { scrape } from '../exporters/scrape.ts'
import { alert, alerts, deviation, increase, run, seconds, series, sum, text } from '../language/index.ts'
import { flag, watchdogMetrics } from '../language/metrics.ts'

/** The scrape job of the watchdog. */
const job = 'tradingbot-watchdog'
const watchdog = series(watchdogMetrics)
const scraped = series(scrape)

/** What the watchdog and Prometheus itself say about it. */
export const watchdogExporters = [
  { job, metrics: watchdogMetrics },
  { job, metrics: scrape },
]

const said = '봇 무응답'
const stronger = (what: string) =>
  deviation(
    what,
    'In the document each heartbeat forgets all restarts, so that a bot that crashes again and again is started for ever, and nobody hears of it.',
  )

/** Whether the bot has to be started again, and whether anybody still does. */
export const restarts = alerts({
  WatchdogDown: alert({
    when: scraped.up.where({ job }).eq(flag(0)),
    for: '2m',
    severity: 'critical',
    summary: (l) => text`nobody watches ${l.bot} (${l.env}): its watchdog does not answer`,
    runbook: {
      cause: 'The watchdog has ended or hangs: a bot that falls silent now stays silent.',
      steps: [
        run('systemctl status tradingbot', 'did it give up, or was it ended?'),
        'Look at the open orders and positions at the exchange before anything is started.',
      ],
    },
    deviates: stronger('nobody watches the watchdog'),
  }),
  BotSilent: alert({
    when: watchdog.beat_age_seconds.gt(seconds(60)),
    severity: 'warning',
    summary: (l, value) => text`${l.bot} (${l.env}) gave its last sign of life ${value.duration} ago`,
    runbook: {
      said,
      cause: 'The main loop of the bot has not gone round for a minute. After three the watchdog starts it again.',
      steps: ['Read the last lines of its log.', run('systemctl status tradingbot', 'does it use the processor?')],
    },
    deviates: deviation(
      '180 seconds for the message and for the restart',
      'A person hears of it while the bot can still be looked at.',
    ),
  }),
  BotRestarted: alert({
    when: sum(increase(watchdog.restarts_total, '15m')).by('reason').gt(0),
    severity: 'warning',
    summary: (l) => text`${l.bot} (${l.env}) was started again: it had ${l.reason}`,
    runbook: {
      cause: 'The bot ended badly or fell silent, and the watchdog started it again.',
      steps: [
        'Compare the open orders and positions at the exchange with what the bot believes to have.',
        'Read the last lines of its log before the start.',
      ],
    },
    deviates: stronger('a restart is told to nobody'),
  }),
  NoRestartLeft: alert({
    when: watchdog.restarts_left.lt(1),
    severity: 'critical',
    summary: (l) => text`${l.bot} (${l.env}) is not started again if it fails once more`,
    runbook: {
      cause: 'All restarts are used up, and the bot has not been healthy for ten minutes since.',
      steps: [
        'Mend what ends it: a further restart is no cure.',
        'Be ready to close its positions at the exchange by hand.',
      ],
    },
    deviates: stronger('after three restarts the watchdog itself ends with an error'),
  }),
})

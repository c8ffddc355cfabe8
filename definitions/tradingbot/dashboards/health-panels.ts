import { changes, increase, increaseFromZero, stat, sum, timeseries } from '../../language/index.ts'
import { freeDisk } from '../../watchers/free-disk.ts'
import { metrics, pipelineMetrics, watchdog } from '../series.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const noWatchdog = 'no watchdog runs, or Prometheus does not reach it'

/** Panels about the bot itself, its watchdog and its host. */
export const healthPanels = {
  heartbeat: timeseries({
    title: 'Time since the last heartbeat',
    description: 'Of the main loop, as the bot itself reports it and as its watchdog sees it.',
    show: { bot: metrics.heartbeat_age, watchdog: watchdog.beat_age_seconds },
    colours: { bot: 'blue', watchdog: 'purple' },
    min: 0,
  }),
  uptime: stat({ title: 'Uptime', show: metrics.uptime_seconds }),
  restarts: stat({
    title: 'Restarts, 30 min',
    show: changes(metrics.start_timestamp, '30m'),
    meanings: none,
  }),
  restartsLeft: stat({
    title: 'Restarts left',
    description: 'Before the watchdog gives up.',
    show: watchdog.restarts_left,
    emptyMeans: noWatchdog,
  }),
  watchdogRestarts: timeseries({
    title: 'Restarts by the watchdog, 1 h',
    show: sum(increase(watchdog.restarts_total, '1h')).by('reason'),
    colours: { ended: 'purple', silent: 'yellow' },
    emptyMeans: noWatchdog,
    min: 0,
    decimals: 0,
    bars: true,
  }),
  notKept: timeseries({
    title: 'Failures of state files and of the log, 1 h',
    description: 'Peak and opening balance that are not kept, and lines that are lost.',
    show: {
      state: increaseFromZero(metrics.state_errors_total, '1h', metrics.start_timestamp),
      log: increaseFromZero(metrics.log_errors_total, '1h', metrics.start_timestamp),
    },
    colours: { state: 'purple', log: 'yellow' },
    min: 0,
    decimals: 0,
    bars: true,
  }),
  disk: timeseries({
    title: 'Free disk space of the host',
    show: freeDisk,
    min: 0,
    max: 1,
    emptyMeans: 'node exporter does not run',
  }),
  ruleFailures: timeseries({
    title: 'Rules that failed to evaluate, 10 minutes',
    show: sum(increase(pipelineMetrics.prometheus_rule_evaluation_failures_total, '10m')),
    min: 0,
    decimals: 0,
    emptyMeans: 'Prometheus does not scrape itself',
  }),
}

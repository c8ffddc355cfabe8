import {
  changes,
  dashboard,
  histogram_quantile,
  increase,
  lines,
  logs,
  rate,
  round,
  stat,
  sum,
  timeseries,
} from '../../language/index.ts'
import { freeDisk } from '../../watchers/free-disk.ts'
import { events } from '../log-events.ts'
import { botUp, metrics, pipelineMetrics, watchdog } from '../series.ts'
import { eventColours, exchangeColours, kindColours } from './colours.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const noWatchdog = 'no watchdog runs, or Prometheus does not reach it'
const { signal_detected, signal_rejected, leg_sent, leg_filled, leg_failed, round_trip_closed } = events
const { leg_unhedged, exchange_disconnected, exchange_reconnected, circuit_breaker_opened } = events

const healthPanels = {
  up: stat({
    title: 'Bot',
    description: 'Whether the bot answered the last scrape.',
    show: botUp,
    meanings: { 0: { text: 'DOWN', colour: 'red' }, 1: { text: 'up', colour: 'green' } },
  }),
  restarts: stat({ title: 'Restarts, 30 min', show: changes(metrics.start_timestamp, '30m'), meanings: none }),
  restartsLeft: stat({
    title: 'Restarts left',
    description: 'Before the watchdog gives up.',
    show: watchdog.restarts_left,
    emptyMeans: noWatchdog,
  }),
  heartbeat: timeseries({
    title: 'Time since the last heartbeat',
    description: 'Of the main loop, as the bot itself reports it and as its watchdog sees it.',
    show: { bot: metrics.heartbeat_age, watchdog: watchdog.beat_age_seconds },
    colours: { bot: 'blue', watchdog: 'purple' },
    min: 0,
  }),
  ticks: timeseries({
    title: 'Processing of ticks, p95',
    description: 'From their arrival until strategies have seen them, over five minutes.',
    show: histogram_quantile(0.95, sum(rate(metrics.tick_processing_latency_ms, '5m')).by('exchange', 'instance')),
    colours: exchangeColours,
    min: 0,
    emptyMeans: 'no market data in five minutes',
  }),
  errors: timeseries({
    title: 'Errors, 5 minutes',
    show: round(sum(increase(metrics.errors_total, '5m')).by('instance'), 1),
    min: 0,
    decimals: 0,
  }),
  errorKinds: timeseries({
    title: 'Errors by component and kind, 5 minutes',
    show: sum(increase(metrics.errors_total, '5m')).by('component', 'kind').gt(0),
    colours: kindColours,
    emptyMeans: 'no error in five minutes',
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  usedCpu: timeseries({ title: 'CPU', description: 'Of one core.', show: metrics.process_cpu_percent, min: 0 }),
  usedMemory: timeseries({ title: 'Memory', show: metrics.process_memory_rss_bytes, min: 0 }),
  watchdogRestarts: timeseries({
    title: 'Restarts by the watchdog, 1 h',
    show: sum(increase(watchdog.restarts_total, '1h')).by('reason'),
    colours: { ended: 'purple', silent: 'yellow' },
    emptyMeans: noWatchdog,
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

const logPanels = {
  counts: timeseries({
    title: 'Lines by event, 5 minutes',
    description: 'A running bot writes a heartbeat every minute.',
    show: {
      signal_detected: lines(signal_detected).count('5m'),
      signal_rejected: lines(signal_rejected).count('5m'),
      leg_sent: lines(leg_sent).count('5m'),
      leg_filled: lines(leg_filled).count('5m'),
      leg_failed: lines(leg_failed).count('5m'),
      leg_unhedged: lines(leg_unhedged).count('5m'),
      round_trip_closed: lines(round_trip_closed).count('5m'),
      exchange_disconnected: lines(exchange_disconnected).count('5m'),
      exchange_reconnected: lines(exchange_reconnected).count('5m'),
      balance_update: lines(events.balance_update).count('5m'),
      heartbeat: lines(events.heartbeat).count('5m'),
    },
    colours: eventColours,
    bars: true,
    stacked: true,
    decimals: 0,
    emptyMeans: 'no line has reached the store',
  }),
  all: logs({
    title: 'All events',
    events: Object.values(events),
    emptyMeans: 'no line has reached the store',
  }),
  attention: logs({
    title: 'Warnings and errors',
    events: [events.error, leg_failed, leg_unhedged, signal_rejected, exchange_disconnected, circuit_breaker_opened],
    level: 'warn',
    emptyMeans: 'nothing went wrong',
  }),
  legs: logs({
    title: 'Legs and round trips',
    events: [leg_sent, leg_filled, leg_failed, leg_unhedged, round_trip_closed],
    emptyMeans: 'the bot sent no leg',
  }),
  signalLines: logs({
    title: 'Signals',
    events: [signal_detected, signal_rejected],
    emptyMeans: 'no signal had enough edge',
  }),
  connectionLines: logs({
    title: 'Connections',
    events: [exchange_disconnected, exchange_reconnected],
    emptyMeans: 'no exchange was disconnected',
  }),
}

/** The bot itself, its watchdog and its host, and what it wrote to its log. */
export const system = dashboard({
  title: 'ArBot System and Log',
  description: 'The bot itself, its watchdog and its host, and what it wrote to its log.',
  panels: { ...healthPanels, ...logPanels },
  rows: {
    Bot: ['up', 'restarts', 'restartsLeft', 'heartbeat', 'ticks', 'errors', 'errorKinds', 'usedCpu', 'usedMemory'],
    'Watchdog and host': ['watchdogRestarts', 'disk', 'ruleFailures'],
    Log: ['counts', 'attention', 'legs', 'signalLines', 'connectionLines', 'all'],
  },
})

import {
  ageOf,
  auto,
  avg_over_time,
  changes,
  dashboard,
  histogram_quantile,
  increase,
  min,
  not,
  rate,
  ratio,
  stat,
  sum,
  timeseries,
} from '../../language/index.ts'
import { hostMetrics, job, metrics, pipelineMetrics, scrapeMetrics } from '../series.ts'
import { componentColours, roomColours, usedColours } from './colours.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const realDisks = { fstype: not(/tmpfs|overlay|squashfs|ramfs|iso9660/), mountpoint: not(/[/]etc[/].+/) }

/** System Health: the process, the event bus, the host, and monitoring itself. */
export const systemDashboard = dashboard({
  title: 'System Health',
  description: 'The process, its event bus, the host it runs on, and whether monitoring itself works.',
  panels: {
    heartbeat: stat({ title: 'Last heartbeat', show: ageOf(metrics.heartbeat_timestamp) }),
    restarts: stat({ title: 'Restarts, 30 min', show: changes(metrics.start_timestamp, '30m') }),
    errorsNow: stat({
      title: 'Errors, 5 min',
      show: sum(increase(metrics.errors_total, '5m')),
      meanings: none,
      limits: [{ severity: 'warning', atLeast: 10 }],
      decimals: 0,
    }),
    droppedNow: stat({
      title: 'Events dropped, 5 min',
      show: increase(metrics.eventbus_events_dropped_total, '5m'),
      meanings: none,
      limits: [{ severity: 'warning', above: 0 }],
      decimals: 0,
    }),
    breaker: stat({
      title: 'Circuit breaker',
      show: metrics.circuit_breaker_open,
      meanings: { 0: { text: 'closed', colour: 'green' }, 1: { text: 'OPEN', colour: 'red' } },
    }),
    breakerNow: stat({
      title: 'Breaker trips, 24 h',
      show: increase(metrics.circuit_breaker_total, '24h'),
      meanings: none,
      limits: [{ severity: 'warning', above: 0 }],
      decimals: 0,
    }),
    eventLoopLag: timeseries({ title: 'Event loop lag', show: metrics.event_loop_lag_seconds, min: 0 }),
    eventLoopDelay: timeseries({
      title: 'Event loop delay, p95 and p99',
      show: {
        p95: histogram_quantile(0.95, sum(rate(metrics.event_loop_delay_seconds, auto))),
        p99: histogram_quantile(0.99, sum(rate(metrics.event_loop_delay_seconds, auto))),
      },
      colours: { p95: 'blue', p99: 'purple' },
      min: 0,
    }),
    queueDepth: timeseries({
      title: 'Queue depth',
      show: { waiting: metrics.eventbus_queue_depth, capacity: metrics.eventbus_queue_capacity },
      colours: { ...usedColours, ...roomColours },
      min: 0,
    }),
    dropped: timeseries({
      title: 'Events dropped, 5 minutes',
      show: increase(metrics.eventbus_events_dropped_total, '5m'),
      decimals: 0,
      bars: true,
    }),
    handlerErrors: timeseries({
      title: 'Handler errors, 5 minutes',
      show: increase(metrics.eventbus_handler_errors_total, '5m'),
      decimals: 0,
      bars: true,
    }),
    errors: timeseries({
      title: 'Errors by component, 5 minutes',
      show: sum(increase(metrics.errors_total, '5m')).by('component', 'error_type').gt(0),
      colours: componentColours,
      emptyMeans: 'no errors in five minutes',
      decimals: 0,
      bars: true,
      stacked: true,
    }),
    riskAlerts: timeseries({
      title: 'Risk manager alerts by level, 1 h',
      show: sum(increase(metrics.risk_alerts_total, '1h')).by('level'),
      colours: { critical: 'red', warning: 'orange', info: 'blue' },
      decimals: 0,
      bars: true,
      stacked: true,
    }),
    memory: timeseries({ title: 'Memory', show: metrics.process_memory_rss_bytes, min: 0 }),
    cpu: timeseries({ title: 'CPU', show: metrics.process_cpu_percent, min: 0 }),
    tasks: timeseries({ title: 'Active tasks', show: metrics.active_tasks, min: 0 }),
    fds: timeseries({
      title: 'FD count',
      show: { open: metrics.process_open_fds, limit: metrics.process_max_fds },
      emptyMeans: 'only Linux lists open files',
      colours: { ...usedColours, ...roomColours },
      min: 0,
    }),
    fdShare: timeseries({
      title: 'FDs open, share of limit',
      show: metrics.process_open_fds.div(metrics.process_max_fds),
      emptyMeans: 'only Linux lists open files, and not every process has a limit',
      min: 0,
    }),
    hostCpu: timeseries({
      title: 'Host CPU by mode',
      show: sum(rate(hostMetrics.node_cpu_seconds_total.where({ mode: not('idle') }), auto)).by('mode'),
      colours: {
        user: 'blue',
        system: 'purple',
        iowait: 'yellow',
        nice: 'cyan',
        softirq: 'pink',
        irq: 'pink',
        steal: 'orange',
      },
      stacked: true,
    }),
    hostMemory: timeseries({
      title: 'Host memory',
      show: { available: hostMetrics.node_memory_MemAvailable_bytes, total: hostMetrics.node_memory_MemTotal_bytes },
      colours: { ...usedColours, ...roomColours },
      min: 0,
    }),
    disk: timeseries({
      title: 'Free disk space',
      show: min(
        hostMetrics.node_filesystem_avail_bytes
          .where(realDisks)
          .div(hostMetrics.node_filesystem_size_bytes.where(realDisks)),
      ).by('mountpoint'),
      min: 0,
      max: 1,
    }),
    scrapes: timeseries({
      title: 'Successful scrapes, 10 minutes',
      show: avg_over_time(scrapeMetrics.up.where({ job }).over('10m')).as(ratio),
      min: 0,
      max: 1,
    }),
    scrapeTime: timeseries({
      title: 'Scrape duration',
      show: scrapeMetrics.scrape_duration_seconds.where({ job }),
      min: 0,
    }),
    samples: timeseries({
      title: 'Samples per scrape',
      show: scrapeMetrics.scrape_samples_scraped.where({ job }),
      min: 0,
    }),
    series: timeseries({ title: 'Series in Prometheus', show: pipelineMetrics.prometheus_tsdb_head_series, min: 0 }),
    ruleFailures: timeseries({
      title: 'Failed rule evaluations, 5 minutes',
      show: sum(increase(pipelineMetrics.prometheus_rule_evaluation_failures_total, '5m')),
      decimals: 0,
      bars: true,
    }),
    notifications: timeseries({
      title: 'Notifications, 5 minutes',
      show: {
        sent: sum(increase(pipelineMetrics.relay_messages_total, '5m')).by('channel', 'outcome').gt(0),
        waiting: pipelineMetrics.relay_queued_messages.gt(0),
      },
      colours: { sent: 'blue', waiting: 'red' },
      decimals: 0,
      bars: true,
      emptyMeans: 'no notifications in five minutes',
    }),
  },
  rows: {
    'At a glance': ['heartbeat', 'restarts', 'errorsNow', 'droppedNow', 'breaker', 'breakerNow'],
    'Event loop and event bus': [
      'eventLoopLag',
      'eventLoopDelay',
      'queueDepth',
      'dropped',
      'handlerErrors',
      'errors',
      'riskAlerts',
    ],
    Process: ['memory', 'cpu', 'tasks', 'fds', 'fdShare'],
    Host: ['hostCpu', 'hostMemory', 'disk'],
    Monitoring: ['scrapes', 'scrapeTime', 'samples', 'series', 'ruleFailures', 'notifications'],
  },
})

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
import { host, job, metrics, path, scraped } from '../series.ts'
import { components, room, used } from './colours.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const realDisks = { fstype: not(/tmpfs|overlay|squashfs|ramfs|iso9660/), mountpoint: not(/[/]etc[/].+/) }

/** System Health: the process, the event bus, the machine, and the watchers themselves. */
export const system = dashboard({
  title: 'System Health',
  description: 'The process, its event bus, the machine under it, and whether the watchers work.',
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
    breakerNow: stat({
      title: 'Circuit breaker, 24 h',
      show: increase(metrics.circuit_breaker_total, '24h'),
      meanings: none,
      limits: [{ severity: 'warning', above: 0 }],
      decimals: 0,
    }),
    eventLoopLag: timeseries({ title: 'Event loop lag', show: metrics.event_loop_lag_seconds, min: 0 }),
    eventLoopDelay: timeseries({
      title: 'Event loop delay, 95 and 99 of 100 tasks',
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
      colours: { ...used, ...room },
      min: 0,
    }),
    dropped: timeseries({
      title: 'Events dropped, 5 minutes',
      show: increase(metrics.eventbus_events_dropped_total, '5m'),
      bars: true,
    }),
    handlerErrors: timeseries({
      title: 'Handler errors, 5 minutes',
      show: increase(metrics.eventbus_handler_errors_total, '5m'),
      bars: true,
    }),
    errors: timeseries({
      title: 'Errors by component, 5 minutes',
      show: sum(increase(metrics.errors_total, '5m')).by('component', 'error_type').gt(0),
      colours: components,
      emptyMeans: 'no error in five minutes',
      bars: true,
      stacked: true,
    }),
    riskAlerts: timeseries({
      title: 'Findings of the risk manager, an hour',
      show: sum(increase(metrics.risk_alerts_total, '1h')).by('level'),
      colours: { critical: 'red', warning: 'orange', info: 'blue' },
      bars: true,
      stacked: true,
    }),
    memory: timeseries({ title: 'Memory', show: metrics.process_memory_rss_bytes, min: 0 }),
    cpu: timeseries({ title: 'CPU', show: metrics.process_cpu_percent, min: 0 }),
    tasks: timeseries({ title: 'Active tasks', show: metrics.active_tasks, min: 0 }),
    fds: timeseries({
      title: 'FD count',
      show: { open: metrics.process_open_fds, limit: metrics.process_max_fds },
      colours: { ...used, ...room },
      min: 0,
    }),
    fdShare: timeseries({
      title: 'FDs open, of the limit',
      show: metrics.process_open_fds.div(metrics.process_max_fds),
      min: 0,
    }),
    hostCpu: timeseries({
      title: 'Processors of the machine, by mode',
      show: sum(rate(host.node_cpu_seconds_total.where({ mode: not('idle') }), auto)).by('mode'),
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
      title: 'Memory of the machine',
      show: { available: host.node_memory_MemAvailable_bytes, total: host.node_memory_MemTotal_bytes },
      colours: { ...used, ...room },
      min: 0,
    }),
    disk: timeseries({
      title: 'Room on the disks',
      show: min(
        host.node_filesystem_avail_bytes.where(realDisks).div(host.node_filesystem_size_bytes.where(realDisks)),
      ).by('mountpoint'),
      min: 0,
      max: 1,
    }),
    scrapes: timeseries({
      title: 'Scrapes that succeeded, 10 minutes',
      show: avg_over_time(scraped.up.where({ job }).over('10m')).as(ratio),
      min: 0,
      max: 1,
    }),
    scrapeTime: timeseries({ title: 'Time of a scrape', show: scraped.scrape_duration_seconds.where({ job }), min: 0 }),
    samples: timeseries({ title: 'Samples of a scrape', show: scraped.scrape_samples_scraped.where({ job }), min: 0 }),
    series: timeseries({ title: 'Series in Prometheus', show: path.prometheus_tsdb_head_series, min: 0 }),
    ruleFailures: timeseries({
      title: 'Rule evaluations that failed, 5 minutes',
      show: sum(increase(path.prometheus_rule_evaluation_failures_total, '5m')),
      bars: true,
    }),
    notifications: timeseries({
      title: 'Notifications, 5 minutes',
      show: {
        sent: sum(increase(path.alertmanager_notifications_total, '5m')).by('integration').gt(0),
        failed: sum(increase(path.alertmanager_notifications_failed_total, '5m')).by('integration').gt(0),
      },
      colours: { sent: 'blue', failed: 'red' },
      bars: true,
      emptyMeans: 'nobody was notified in five minutes',
    }),
  },
  rows: {
    'At a glance': ['heartbeat', 'restarts', 'errorsNow', 'droppedNow', 'breakerNow'],
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
    Machine: ['hostCpu', 'hostMemory', 'disk'],
    'The watchers': ['scrapes', 'scrapeTime', 'samples', 'series', 'ruleFailures', 'notifications'],
  },
})

import { bytes, deviation, gauge, histogram, percent, seconds } from '../../language/metrics.ts'

/** Layer 7: the process and its event loop; a figure that the platform does not provide is absent. */
export const processMetrics = {
  event_loop_lag_seconds: gauge({
    help: 'Longest event loop delay in the last 15 seconds.',
    unit: seconds,
    additive: false,
    mustBeSetWithin: '1m',
    deviates: deviation(
      'mcbot_event_loop_lag_seconds is the most recent delay',
      'The most recent value misses what happened between two scrapes: the metric is the longest delay in a window longer than the scrape interval.',
    ),
  }),
  event_loop_delay_seconds: histogram({
    help: 'Time that a task due at a random moment waits for the event loop; a block is weighted by its duration.',
    unit: seconds,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    deviates: deviation(
      'only mcbot_event_loop_lag_seconds',
      'The longest delay does not say whether one turn was late or all of them: the distribution is exposed as well.',
    ),
  }),
  active_tasks: gauge({
    help: 'Timers, sockets and requests that keep the event loop alive.',
    deviates: deviation(
      'active asyncio tasks',
      'Node.js does not count promises: the resources that keep its event loop alive are the closest equivalent.',
    ),
  }),
  process_memory_rss_bytes: gauge({ help: 'Resident memory of the process.', unit: bytes, mustBeSetWithin: '1m' }),
  process_cpu_percent: gauge({
    help: 'CPU usage of the process since the last measurement, in percent of one core.',
    unit: percent,
  }),
  process_open_fds: gauge({
    help: 'Open file descriptors of the process.',
    mayBeAbsent: { for: 'forever', because: 'only Linux lists them' },
  }),
  process_max_fds: gauge({
    help: 'Maximum number of open file descriptors of the process.',
    additive: false,
    mayBeAbsent: { for: 'forever', because: 'only Linux has it to read, and a process can be without a limit' },
    deviates: deviation(
      'mcbot_process_open_fds > 1000, whatever the limit is',
      'The threshold stays, and the limit is exposed as well: 1000 is late if the limit is 1024, and harmless if it is a million.',
    ),
  }),
}

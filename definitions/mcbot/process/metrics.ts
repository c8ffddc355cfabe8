import { bytes, deviation, gauge, histogram, percent, seconds } from '../../language/metrics.ts'

/** Layer 7: the process and its event loop; a figure that the platform does not give is absent. */
export const processMetrics = {
  event_loop_lag_seconds: gauge({
    help: 'Longest delay of the event loop in the last 15 seconds.',
    unit: seconds,
    additive: false,
    deviates: deviation(
      'mcbot_event_loop_lag_seconds is the delay measured last',
      'A last sample misses what happened between two scrapes: it is the longest delay of a time longer than the scrape interval.',
    ),
  }),
  event_loop_delay_seconds: histogram({
    help: 'What a task waits for the event loop that is due at a random moment; a long block counts as long as it lasted.',
    unit: seconds,
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    deviates: deviation(
      'mcbot_event_loop_lag_seconds alone',
      'The longest delay does not say whether it was one block or every turn: the distribution stands beside it.',
    ),
  }),
  active_tasks: gauge({
    help: 'Timers, sockets and requests that keep the event loop busy.',
    deviates: deviation(
      'active asyncio tasks',
      'Node.js does not count promises: the resources that keep its event loop alive are the nearest figure.',
    ),
  }),
  process_memory_rss_bytes: gauge({ help: 'Memory of the process that is resident.', unit: bytes }),
  process_cpu_percent: gauge({
    help: 'CPU time of the process since the last measurement in percent of one core.',
    unit: percent,
  }),
  process_open_fds: gauge({ help: 'File descriptors that the process has open.' }),
  process_max_fds: gauge({
    help: 'File descriptors that the process may have open.',
    additive: false,
    deviates: deviation(
      'mcbot_process_open_fds > 1000, whatever the limit is',
      'The threshold stays; the limit stands beside it, because 1000 is late where the limit is 1024 and nothing where it is a million.',
    ),
  }),
}

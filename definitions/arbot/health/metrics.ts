import {
  age,
  bytes,
  counter,
  deviation,
  flag,
  gauge,
  histogram,
  ms,
  percent,
  seconds,
  timestamp,
} from '../../language/metrics.ts'
import { component, errorKind, exchange } from '../labels.ts'
import { neededByPanel, notInDocument, withLabels } from '../metric-deviations.ts'

/** The health of the bot itself. */
export const healthMetrics = {
  tick_processing_latency_ms: histogram({
    help: 'Time from the arrival of market data from the exchange until strategies have seen it.',
    unit: ms,
    labels: { exchange },
    buckets: [0.5, 1, 2.5, 5, 10, 25, 50, 75, 100, 150, 250, 500, 1000, 2500],
    deviates: deviation(
      'tick_processing_latency_ms is listed without type or labels',
      'Of thousands of ticks between two scrapes a gauge shows one: all of them are counted, by exchange.',
    ),
  }),
  errors_total: counter({
    help: 'Errors, by the part of the bot and by kind.',
    labels: { component, kind: errorKind },
    deviates: withLabels(
      'errors_total',
      'component and kind',
      'ten timeouts of market data need other steps than ten refused orders. The condition adds them up.',
    ),
  }),
  circuit_breaker_active: gauge({
    help: 'Whether the circuit breaker is open: no new round trips until it closes.',
    unit: flag,
    additive: false,
    initially: 0,
  }),
  uptime_seconds: age({
    help: 'Time since the process started.',
    deviates: neededByPanel('시스템 가동 시간 (Uptime)', 'It is computed at each scrape.'),
  }),
  start_timestamp: gauge({
    help: 'Unix time at which the process started.',
    unit: timestamp,
    additive: false,
    mustBeSetWithin: '1m',
    deviates: notInDocument('restarts', 'The start time is the one figure that changes exactly once per restart.'),
  }),
  heartbeat_age: gauge({
    help: 'Time since the last iteration of the main loop, computed at each scrape.',
    unit: seconds,
    additive: false,
    mustBeSetWithin: '2m',
    deviates: notInDocument(
      'the main loop',
      'A process that answers scrapes while its main loop hangs looks healthy, with all of its last values.',
    ),
  }),
  process_memory_rss_bytes: gauge({
    help: 'Resident memory of the process.',
    unit: bytes,
    mustBeSetWithin: '1m',
    deviates: neededByPanel('메모리/CPU 사용량', 'The process measures itself.'),
  }),
  process_cpu_percent: gauge({
    help: 'CPU usage of the process since the last measurement, in percent of one core.',
    unit: percent,
    deviates: neededByPanel('메모리/CPU 사용량', 'The process measures itself.'),
  }),
}

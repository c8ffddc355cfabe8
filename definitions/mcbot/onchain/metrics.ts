import { counter, deviation, gauge, histogram, oneOf, open, seconds, timestamp } from '../../language/metrics.ts'
import { source, symbol } from '../labels.ts'

/** Layer 9: on-chain data from external providers. */
export const onchainMetrics = {
  onchain_fetch_total: counter({
    help: 'On-chain data fetches by outcome.',
    labels: { source, status: oneOf('success', 'failure', 'empty') },
  }),
  onchain_fetch_latency_seconds: histogram({
    help: 'Duration of on-chain data fetches.',
    unit: seconds,
    labels: { source },
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 75, 90, 120, 300],
  }),
  onchain_fetch_rows: gauge({
    help: 'Rows returned by the last fetch of the data set.',
    labels: { source, name: open({ max: 10 }) },
  }),
  onchain_last_success_timestamp: gauge({
    help: 'Unix time of the last successful fetch; the start of the process until there is one.',
    unit: timestamp,
    labels: { source },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'mcbot_onchain_last_success_timestamp is set by a successful fetch',
      'A source that never succeeds would have no series and no alert: at startup the bot sets it to the last success it remembers, or else to the start time.',
    ),
  }),
  onchain_cache_size: gauge({
    help: 'On-chain data columns in the live cache for the symbol; absent for a coin without on-chain data.',
    labels: { symbol },
    initially: 0,
    mustBeSetWithin: '5m',
    deviates: deviation(
      'mcbot_onchain_cache_size is set when the cache is filled',
      'A cache that is never filled would have no series and no alert: the metric is 0 for every expected symbol until then. A symbol is expected only if its coin has on-chain data, so that 0 is always a fault.',
    ),
  }),
  onchain_cache_refresh_total: counter({
    help: 'Live cache refreshes by outcome.',
    labels: { status: oneOf('success', 'failure') },
  }),
}

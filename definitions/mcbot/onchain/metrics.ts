import { counter, deviation, gauge, histogram, oneOf, open, seconds, timestamp } from '../../language/metrics.ts'
import { source, symbol } from '../labels.ts'

/** Layer 9: on-chain data from outside providers. */
export const onchain = {
  onchain_fetch_total: counter({
    help: 'Attempts to fetch on-chain data by outcome.',
    labels: { source, status: oneOf('success', 'failure', 'empty') },
  }),
  onchain_fetch_latency_seconds: histogram({
    help: 'Time that a fetch of on-chain data took.',
    unit: seconds,
    labels: { source },
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 75, 90, 120, 300],
  }),
  onchain_fetch_rows: gauge({
    help: 'Rows that the last fetch of the data set returned.',
    labels: { source, name: open({ max: 10 }) },
  }),
  onchain_last_success_timestamp: gauge({
    help: 'When a fetch last succeeded, in seconds since 1970; the start of the process until one does.',
    unit: timestamp,
    labels: { source },
    additive: false,
    deviates: deviation(
      'mcbot_onchain_last_success_timestamp is set by a fetch that succeeds',
      'A source that never succeeds would have no series and no alert: the bot sets it at its start to the last success that it remembers, or else to the start itself.',
    ),
  }),
  onchain_cache_size: gauge({
    help: 'Columns of on-chain data that the live cache holds for the symbol.',
    labels: { symbol },
    initially: 0,
    deviates: deviation(
      'mcbot_onchain_cache_size is set when the cache is filled',
      'A cache that is never filled would have no series and no alert: it is 0 for every expected symbol.',
    ),
  }),
  onchain_cache_refresh_total: counter({
    help: 'Refreshes of the live cache by outcome.',
    labels: { status: oneOf('success', 'failure') },
  }),
}

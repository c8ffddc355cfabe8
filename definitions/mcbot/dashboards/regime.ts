import {
  ageOf,
  dashboard,
  delta,
  histogram_quantile,
  increase,
  labelValues,
  max,
  min,
  percent,
  rate,
  stat,
  sum,
  table,
  timeseries,
} from '../../language/index.ts'
import { metrics } from '../series.ts'
import { outcomeColours, sourceColours, symbolColours } from './colours.ts'

/** Market Regime: the market around the bot, and the on-chain data behind its decisions. */
export const regimeDashboard = dashboard({
  title: 'Market Regime',
  description: 'What the market is doing, and whether the on-chain data behind decisions is fresh.',
  variables: {
    symbol: labelValues(metrics.funding_rate, 'symbol', 'Symbol'),
    source: labelValues(metrics.onchain_last_success_timestamp, 'source', 'Source'),
  },
  panels: {
    dataAgeNow: stat({
      title: 'Oldest on-chain data',
      show: max(ageOf(metrics.onchain_last_success_timestamp)),
      decimals: 0,
    }),
    failureShareNow: stat({
      title: 'Failed fetches, 24 h',
      description: 'Share of all fetches, from all sources combined.',
      show: sum(increase(metrics.onchain_fetch_total.where({ status: 'failure' }), '24h')).div(
        sum(increase(metrics.onchain_fetch_total, '24h')),
      ),
      limits: [{ severity: 'warning', above: percent(50) }],
      decimals: 0,
    }),
    cacheNow: stat({ title: 'Fewest columns in the cache', show: min(metrics.onchain_cache_size) }),
    funding: timeseries({ title: 'Funding rate', show: metrics.funding_rate, colours: symbolColours }),
    openInterest: timeseries({
      title: 'Open interest',
      show: metrics.open_interest_usdt,
      colours: symbolColours,
      abbreviated: true,
    }),
    openInterestChange: timeseries({
      title: 'OI changes, 1 h',
      show: delta(metrics.open_interest_usdt, '1h'),
      colours: symbolColours,
      abbreviated: true,
    }),
    score: timeseries({
      title: 'Regime score',
      description: 'From -1 (falling) to 1 (rising).',
      show: metrics.regime_score,
      colours: symbolColours,
      min: -1,
      max: 1,
    }),
    volume: timeseries({
      title: 'Volume, 24 h',
      show: metrics.volume_24h_usdt,
      colours: symbolColours,
      abbreviated: true,
    }),
    fetches: timeseries({
      title: 'On-chain fetches by outcome, 24 h',
      description: 'Selected sources combined; the panel on failed fetches shows the share for each.',
      show: sum(increase(metrics.onchain_fetch_total, '24h')).by('status'),
      colours: outcomeColours,
      min: 0,
      decimals: 0,
      emptyMeans: 'no fetches in 24 hours',
    }),
    failureShare: timeseries({
      title: 'Failed on-chain fetches, share over 24 h',
      show: sum(increase(metrics.onchain_fetch_total.where({ status: 'failure' }), '24h'))
        .by('source')
        .div(sum(increase(metrics.onchain_fetch_total, '24h')).by('source')),
      colours: sourceColours,
      min: 0,
      max: 1,
    }),
    fetchLatency: timeseries({
      title: 'On-chain fetch latency, p95 over 24 h',
      show: histogram_quantile(0.95, sum(rate(metrics.onchain_fetch_latency_seconds, '24h')).by('source')),
      colours: sourceColours,
      min: 0,
    }),
    dataAge: timeseries({
      title: 'Age of on-chain data',
      show: ageOf(metrics.onchain_last_success_timestamp),
      colours: sourceColours,
      min: 0,
    }),
    rows: table({ title: 'Rows in the last fetch', show: { rows: max(metrics.onchain_fetch_rows).by('name') } }),
    cacheSize: timeseries({
      title: 'On-chain columns in the cache',
      show: metrics.onchain_cache_size,
      colours: symbolColours,
      min: 0,
    }),
    cacheRefresh: timeseries({
      title: 'Cache refreshes, 1 h',
      show: sum(increase(metrics.onchain_cache_refresh_total, '1h')).by('status'),
      colours: outcomeColours,
      decimals: 0,
      bars: true,
    }),
  },
  rows: {
    'At a glance': ['dataAgeNow', 'failureShareNow', 'cacheNow'],
    Market: ['funding', 'score', 'openInterest', 'openInterestChange', 'volume'],
    'On-chain data': ['dataAge', 'failureShare', 'fetches', 'fetchLatency', 'cacheSize', 'cacheRefresh', 'rows'],
  },
})

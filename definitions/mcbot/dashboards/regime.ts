import {
  ageOf,
  dashboard,
  delta,
  histogram_quantile,
  increase,
  labelValues,
  rate,
  sum,
  table,
  timeseries,
} from '../../language/index.ts'
import { metrics } from '../series.ts'

/** Market Regime: the market around the bot, and the on-chain data that it decides by. */
export const regime = dashboard({
  title: 'Market Regime',
  description: 'What the market does, and whether the on-chain data that decisions stand on is fresh.',
  variables: {
    symbol: labelValues(metrics.funding_rate, 'symbol', 'Symbol'),
    source: labelValues(metrics.onchain_last_success_timestamp, 'source', 'Source'),
  },
  panels: {
    funding: timeseries({ title: 'Funding rate', show: metrics.funding_rate }),
    openInterest: timeseries({ title: 'Open interest', show: metrics.open_interest_usdt }),
    openInterestChange: timeseries({ title: 'OI changes, an hour', show: delta(metrics.open_interest_usdt, '1h') }),
    score: timeseries({
      title: 'Regime score',
      description: 'From -1, falling, to 1, rising.',
      show: metrics.regime_score,
      min: -1,
      max: 1,
    }),
    volume: timeseries({ title: 'Volume, 24 h', show: metrics.volume_24h_usdt }),
    fetches: timeseries({
      title: 'On-chain fetches by outcome, 24 h',
      show: sum(increase(metrics.onchain_fetch_total, '24h')).by('source', 'status'),
    }),
    failureShare: timeseries({
      title: 'On-chain fetches that failed, of those of 24 h',
      show: sum(increase(metrics.onchain_fetch_total.where({ status: 'failure' }), '24h'))
        .by('source')
        .div(sum(increase(metrics.onchain_fetch_total, '24h')).by('source')),
      min: 0,
      max: 1,
    }),
    fetchLatency: timeseries({
      title: 'On-chain fetch latency, p95 of 24 h',
      show: histogram_quantile(0.95, sum(rate(metrics.onchain_fetch_latency_seconds, '24h')).by('source')),
    }),
    dataAge: timeseries({
      title: 'Age of the on-chain data',
      show: ageOf(metrics.onchain_last_success_timestamp),
      min: 0,
    }),
    rows: table({ title: 'Rows of the last fetch', show: metrics.onchain_fetch_rows }),
    cacheSize: timeseries({ title: 'On-chain columns in the cache', show: metrics.onchain_cache_size, min: 0 }),
    cacheRefresh: timeseries({
      title: 'Cache refreshes, an hour',
      show: sum(increase(metrics.onchain_cache_refresh_total, '1h')).by('status'),
      bars: true,
    }),
  },
  rows: {
    Market: ['funding', 'score', 'openInterest', 'openInterestChange', 'volume'],
    'On-chain data': ['dataAge', 'failureShare', 'fetches', 'fetchLatency', 'cacheSize', 'cacheRefresh', 'rows'],
  },
})

import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const source = 'defillama'
const fetches = (failure: string, success: string, which = source) => ({
  [`mcbot_onchain_fetch_total{source="${which}", status="failure"}`]: failure,
  [`mcbot_onchain_fetch_total{source="${which}", status="success"}`]: success,
})
const slow = (upTo60: string, upTo75: string) => ({
  [`mcbot_onchain_fetch_latency_seconds_bucket{source="${source}", le="60"}`]: upTo60,
  [`mcbot_onchain_fetch_latency_seconds_bucket{source="${source}", le="75"}`]: upTo75,
  [`mcbot_onchain_fetch_latency_seconds_bucket{source="${source}", le="+Inf"}`]: upTo75,
  ...fetches('0x100', upTo75),
})
const last = (which = source) => `mcbot_onchain_last_success_timestamp{source="${which}"}`
const cache = (symbol = 'SOLUSDT') => `mcbot_onchain_cache_size{symbol="${symbol}"}`

/** On-chain data: whether it is fetched, fresh, and used. */
export const onchainProofs: Proofs = {
  OnchainFetchHighFailureRate: {
    // its hold counts the samples of an hour
    every: '10s',
    evaluate: '10s',
    fires: {
      'three of four fetches fail': {
        given: { ...fetches('0x7 3x450', '0x7 1x381 30x60'), ...fetches('0x7 3x450', '0x7 3x450', 'mempool') },
        from: '61m10s',
        to: '68m',
        labels: { ...instance, source, severity: 'warning' },
        says: '75 % of fetches from defillama failed in the last 24 hours, limit 50 %',
      },
    },
    silent: {
      'half of the fetches fail': fetches('0x7 2x450', '0x7 2x450'),
      'three fetches fail, but there are no others': fetches('0x7 3x450', '0x450'),
      'for less than an hour': fetches('0x7 3x450', '0x7 1x358 30x60'),
    },
    healthy: fetches('0x450', '0x7 5x450'),
  },
  OnchainDataStale: {
    every: '10s',
    evaluate: '10s',
    fires: {
      'the last success is more than two days old': {
        given: { [last()]: '0+10x7 -172801x381 3900+10x40', [last('mempool')]: '0+10x450' },
        from: '61m10s',
        to: '68m',
        labels: { ...target, source, severity: 'warning' },
        says: 'on-chain data from defillama is 2d 0h 1m 21s old, limit 48 h',
      },
    },
    silent: {
      'at the limit': { [last()]: '-172800+10x450' },
      'Prometheus has scraped for less than an hour': { [last()]: '-172801x319 3200+10x60' },
      'for less than an hour': { [last()]: '0+10x7 -172801x358 3670+10x40' },
    },
    healthy: { [last()]: '0+10x450' },
  },
  OnchainCacheEmpty: {
    fires: {
      'one symbol has no columns': {
        given: { [cache()]: '6x7 0x139 6x19', [cache('BTCUSDT')]: '6x180' },
        from: '32m',
        to: '40m',
        labels: { ...target, symbol: 'SOLUSDT', severity: 'warning' },
        says: 'the live cache has no on-chain columns for SOLUSDT',
      },
    },
    silent: {
      'a coin without on-chain data has no series': { [cache('BTCUSDT')]: '6x180', [cache('AVAXUSDT')]: '_x180' },
      'one column': { [cache()]: '6x7 1x180' },
      'for less than half an hour': { [cache()]: '6x7 0x119 6x40' },
    },
    healthy: { [cache()]: '6x180' },
  },
  OnchainFetchSlow: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'four fetches take more than a minute, then a hundred take less': {
        given: slow('0x4 0x14 100x30', '0x4 4x14 104x30'),
        from: '10m',
        to: '23m',
        labels: { ...instance, source, severity: 'info' },
        says: 'one fetch from defillama in twenty takes 1m 14s or more, limit 60 s',
      },
    },
    silent: {
      'three fetches take that long, but there are no others': slow('0x60', '0x4 3x60'),
      'one in twenty takes that long': slow('0x4 19x60', '0x4 20x60'),
      'for less than five minutes': slow('0x4 0x4 100x30', '0x4 4x4 104x30'),
    },
    healthy: slow('0+1x60', '0+1x60'),
  },
}

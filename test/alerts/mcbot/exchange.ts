import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const symbol = 'SOLUSDT'
const of = (metric: string, which = symbol) => `${metric}{symbol="${which}"}`
const reconnects = (which = symbol) => of('mcbot_ws_reconnects_total', which)

/** The exchange and its streams. */
export const exchangeProofs: Proofs = {
  APIUnhealthy: {
    fires: {
      'five calls fail in a row': {
        given: { mcbot_exchange_consecutive_failures: '0x7 5x31 0x40' },
        from: '2m30s',
        to: '13m45s',
        labels: { ...target, severity: 'critical' },
        says: 'mcbot (paper): 5 exchange API calls failed in a row',
      },
      'a burst seen by one scrape': {
        given: { mcbot_exchange_consecutive_failures: '0x7 6 0x40' },
        from: '2m30s',
        to: '6m',
        labels: { ...target, severity: 'critical' },
        says: 'mcbot (paper): 6 exchange API calls failed in a row',
      },
    },
    silent: { 'four calls fail in a row': { mcbot_exchange_consecutive_failures: '0x7 4x60' } },
    healthy: { mcbot_exchange_consecutive_failures: '0 1 0x60' },
  },
  WSDisconnected: {
    fires: {
      'one stream is down': {
        given: {
          [of('mcbot_exchange_ws_connected')]: '1x7 0x31 1x19',
          [of('mcbot_exchange_ws_connected', 'BTCUSDT')]: '1x60',
        },
        from: '4m',
        to: '13m',
        labels: { ...target, symbol, severity: 'critical' },
        says: 'mcbot (paper): the WebSocket stream for SOLUSDT is disconnected',
      },
    },
    silent: { 'it reconnects within two minutes': { [of('mcbot_exchange_ws_connected')]: '1x7 0x7 1x40' } },
    healthy: { [of('mcbot_exchange_ws_connected')]: '1x60' },
  },
  WSNoMessages: {
    fires: {
      'one stream is silent': {
        given: {
          [of('mcbot_ws_last_message_age_seconds')]: '0x7 75x31 0x19',
          [of('mcbot_ws_last_message_age_seconds', 'BTCUSDT')]: '1x60',
        },
        from: '3m',
        to: '13m',
        labels: { ...target, symbol, severity: 'critical' },
        says: 'mcbot (paper): no WebSocket message for SOLUSDT in 1m 15s',
      },
    },
    silent: {
      'at the limit': { [of('mcbot_ws_last_message_age_seconds')]: '0x7 60x60' },
      'for less than a minute': { [of('mcbot_ws_last_message_age_seconds')]: '0x7 99x3 0x40' },
    },
    healthy: { [of('mcbot_ws_last_message_age_seconds')]: '0.4x60' },
  },
  WSFrequentReconnects: {
    fires: {
      'an old stream reconnects three times': {
        given: { up: '1x100', [reconnects()]: '0x27 1x3 2x3 3x60', [reconnects('BTCUSDT')]: '0x100' },
        from: '9m',
        to: '14m45s',
        labels: { ...instance, symbol, severity: 'warning' },
        says: 'mcbot (paper): 3 reconnect attempts of the stream for SOLUSDT in 5 minutes',
      },
      'a series starts at three': {
        given: { up: '1x100', [reconnects()]: '_x28 3x60' },
        from: '7m',
        to: '15m',
        labels: { ...instance, symbol, severity: 'warning' },
        says: 'mcbot (paper): 3 reconnect attempts of the stream for SOLUSDT in 5 minutes',
      },
    },
    silent: {
      'two streams reconnect twice each': {
        up: '1x100',
        [reconnects()]: '0x27 2x60',
        [reconnects('BTCUSDT')]: '0x27 2x60',
      },
      'Prometheus first scrapes a bot that already has three': { up: '_x28 1x60', [reconnects()]: '_x28 3x60' },
    },
    healthy: { up: '1x60', [reconnects()]: '0x20 1x60' },
  },
  BarsStale: {
    fires: {
      'one symbol has no bars': {
        given: {
          [of('mcbot_last_bar_age_seconds')]: '20x7 301x31 20x19',
          [of('mcbot_last_bar_age_seconds', 'BTCUSDT')]: '20x60',
        },
        from: '3m',
        to: '13m',
        labels: { ...target, symbol, severity: 'warning' },
        says: 'mcbot (paper): no price bar for SOLUSDT in 5m 1s',
      },
    },
    silent: {
      'at the limit': { [of('mcbot_last_bar_age_seconds')]: '20x7 300x60' },
      'for less than a minute': { [of('mcbot_last_bar_age_seconds')]: '20x7 345x3 20x40' },
    },
    healthy: { [of('mcbot_last_bar_age_seconds')]: '20x60' },
  },
  RateLimitNear: {
    fires: {
      'more than four fifths are used': {
        given: {
          mcbot_exchange_rate_limit_used: '300x7 1921x31 300x19',
          mcbot_exchange_rate_limit_max: '2400x60',
        },
        from: '3m',
        to: '13m',
        labels: { ...target, severity: 'warning' },
        says: "mcbot (paper): 80.04 % of the exchange's rate limit is used",
      },
    },
    silent: {
      // what expired has no series: stale, as Prometheus stores it
      'one answer near the limit, then an idle bot': {
        mcbot_exchange_rate_limit_used: '300x7 2328x3 stale _x40',
        mcbot_exchange_rate_limit_max: '2400x60',
      },
      'at the limit': { mcbot_exchange_rate_limit_used: '300x7 1920x60', mcbot_exchange_rate_limit_max: '2400x60' },
      'for less than a minute': {
        mcbot_exchange_rate_limit_used: '300x7 2400x3 300x40',
        mcbot_exchange_rate_limit_max: '2400x60',
      },
    },
    healthy: { mcbot_exchange_rate_limit_used: '300x60', mcbot_exchange_rate_limit_max: '2400x60' },
  },
}

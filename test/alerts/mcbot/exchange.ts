import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const symbol = 'SOLUSDT'
const of = (metric: string, which = symbol) => `${metric}{symbol="${which}"}`
const calls = (status: string) => `mcbot_exchange_api_calls_total{endpoint="klines", status="${status}"}`
const unreachable = 'the exchange is unreachable: API calls fail, and no stream delivers'
const age = (which = symbol) => of('mcbot_last_bar_age_seconds', which)
const interval = (which = symbol) => of('mcbot_bar_interval_seconds', which)
/** Ages while bars of this many minutes arrive, in samples of 15 s: each bar takes the age back to zero. */
const bars = (minutes: number, count: number) =>
  Array(count)
    .fill(`0+15x${4 * minutes - 1}`)
    .join(' ')
const reconnects = (which = symbol) => of('mcbot_ws_reconnects_total', which)

/** The exchange and its streams. */
export const exchangeProofs: Proofs = {
  ExchangeUnreachable: {
    fires: {
      'every stream is closed and the last API call failed': {
        given: {
          mcbot_exchange_consecutive_failures: '0x7 1x31 0x60',
          [of('mcbot_exchange_ws_connected')]: '1x7 0x31 1x60',
          [of('mcbot_exchange_ws_connected', 'BTCUSDT')]: '1x7 0x31 1x60',
        },
        from: '2m30s',
        to: '17m',
        labels: { ...instance, severity: 'critical' },
        says: unreachable,
      },
      'streams stay connected, but none delivers': {
        given: {
          mcbot_exchange_consecutive_failures: '0x7 1x31 0x60',
          [of('mcbot_exchange_ws_connected')]: '1x99',
          [of('mcbot_exchange_ws_connected', 'BTCUSDT')]: '1x99',
          [of('mcbot_ws_last_message_age_seconds')]: '0x7 15+15x31 0x60',
          [of('mcbot_ws_last_message_age_seconds', 'BTCUSDT')]: '0x7 15+15x31 0x60',
        },
        from: '3m',
        to: '17m',
        labels: { ...instance, severity: 'critical' },
        says: unreachable,
      },
    },
    silent: {
      'one stream delivers': {
        mcbot_exchange_consecutive_failures: '0x7 50x60',
        [of('mcbot_exchange_ws_connected')]: '1x7 0x60',
        [of('mcbot_exchange_ws_connected', 'BTCUSDT')]: '1x67',
        [of('mcbot_ws_last_message_age_seconds')]: '0x7 15+15x60',
        [of('mcbot_ws_last_message_age_seconds', 'BTCUSDT')]: '0x67',
      },
      'API calls succeed': {
        mcbot_exchange_consecutive_failures: '0x67',
        [of('mcbot_exchange_ws_connected')]: '1x7 0x60',
        [of('mcbot_ws_last_message_age_seconds')]: '0x7 15+15x60',
      },
      'the newest message is not old enough': {
        mcbot_exchange_consecutive_failures: '0x7 1x60',
        [of('mcbot_exchange_ws_connected')]: '1x67',
        [of('mcbot_ws_last_message_age_seconds')]: '0x7 30x60',
      },
      'for less than half a minute': {
        mcbot_exchange_consecutive_failures: '0x7 9x1 0x40',
        [of('mcbot_exchange_ws_connected')]: '1x7 0x1 1x40',
      },
    },
    healthy: {
      mcbot_exchange_consecutive_failures: '0 1 0x60',
      [of('mcbot_exchange_ws_connected')]: '1x60',
      [of('mcbot_ws_last_message_age_seconds')]: '0.4x60',
    },
  },
  APIUnhealthy: {
    fires: {
      'five calls fail in a row': {
        given: { mcbot_exchange_consecutive_failures: '0x7 5x31 0x40' },
        from: '2m30s',
        to: '14m',
        labels: { ...target, severity: 'critical' },
        says: '5 exchange API calls failed in a row, limit 5',
      },
    },
    silent: {
      'four calls fail in a row': { mcbot_exchange_consecutive_failures: '0x7 4x60' },
      'a burst seen by one scrape': { mcbot_exchange_consecutive_failures: '0x7 6 0x40' },
      'for less than half a minute': { mcbot_exchange_consecutive_failures: '0x7 9x1 0x40' },
    },
    healthy: { mcbot_exchange_consecutive_failures: '0 1 0x60' },
  },
  APIHighFailureRate: {
    fires: {
      'every other call fails, and never five in a row': {
        given: {
          [calls('success')]: '0+10x39 395+5x19 500+10x40',
          [calls('failure')]: '0x39 4+4x19 80x40',
          [calls('rate_limited')]: '0x39 1+1x19 20x40',
        },
        from: '11m45s',
        to: '18m',
        labels: { ...instance, severity: 'warning' },
        says: '20.21 % of exchange API calls failed in 5 minutes, limit 10 %',
      },
    },
    silent: {
      'one call in ten fails': { [calls('success')]: '0+9x80', [calls('failure')]: '0+1x80' },
      'fewer than twenty calls': { [calls('success')]: '0x80', [calls('failure')]: '0+0.9x80' },
      'for less than a minute': {
        [calls('success')]: '0+10x40 500+100x40',
        [calls('failure')]: '0x39 25x41',
      },
    },
    healthy: { [calls('success')]: '0+10x80', [calls('failure')]: '0x39 1x40' },
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
        says: 'the WebSocket stream for SOLUSDT is disconnected',
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
        says: 'no WebSocket message for SOLUSDT in 1m 15s, limit 60 s',
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
        from: '10m',
        to: '13m15s',
        labels: { ...instance, symbol, severity: 'warning' },
        says: '3 reconnect attempts of the stream for SOLUSDT in 5 minutes, limit 3',
      },
      'a series starts at three': {
        given: { up: '1x100', [reconnects()]: '_x28 3x60' },
        from: '8m',
        to: '13m30s',
        labels: { ...instance, symbol, severity: 'warning' },
        says: '3 reconnect attempts of the stream for SOLUSDT in 5 minutes, limit 3',
      },
    },
    silent: {
      'two streams reconnect twice each': {
        up: '1x100',
        [reconnects()]: '0x27 2x60',
        [reconnects('BTCUSDT')]: '0x27 2x60',
      },
      'for less than a minute': { up: '1x100', [reconnects()]: '0x10 1x10 2x6 3x2 3x60' },
      'Prometheus first scrapes a bot that already has three': { up: '_x28 1x60', [reconnects()]: '_x28 3x60' },
    },
    healthy: { up: '1x60', [reconnects()]: '0x20 1x60' },
  },
  BarsStale: {
    fires: {
      'the one-minute bars of one symbol stop': {
        given: {
          [age()]: `${bars(1, 10)} 0+15x59 ${bars(1, 10)}`,
          [interval()]: '60x140',
          [age('BTCUSDT')]: bars(1, 35),
          [interval('BTCUSDT')]: '60x140',
        },
        from: '16m15s',
        to: '28m',
        labels: { ...target, symbol, severity: 'warning' },
        says: 'the next price bar for SOLUSDT is 5m 15s overdue, limit 5 min',
      },
      'the hourly bars of one symbol stop': {
        given: {
          [age()]: `${bars(60, 1)} 0+15x299 ${bars(60, 1)}`,
          [interval()]: '3600x780',
          // daily bars are nothing to judge an hourly one by
          [age('BTCUSDT')]: '0+15x780',
          [interval('BTCUSDT')]: '86400x780',
        },
        from: '2h5m15s',
        to: '2h18m',
        labels: { ...target, symbol, severity: 'warning' },
        says: 'the next price bar for SOLUSDT is 5m 15s overdue, limit 5 min',
      },
    },
    silent: {
      'hourly bars arrive for three hours': { [age()]: bars(60, 3), [interval()]: '3600x719' },
      'daily bars arrive for two days': { [age()]: bars(1440, 2), [interval()]: '86400x11519' },
      'at the limit': { [age()]: '20x7 360x60', [interval()]: '60x67' },
    },
    healthy: { [age()]: bars(1, 15), [interval()]: '60x59' },
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
        says: "80.04 % of the exchange's rate limit is used (alert above 80 %)",
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

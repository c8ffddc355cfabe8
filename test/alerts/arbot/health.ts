import { absentTarget } from '../absent-target.ts'
import type { Proofs } from '../case.ts'
import { at, critical, instanceWarning } from './target.ts'

const errors = (component: string, kind: string) => `arbot_errors_total{component="${component}", kind="${kind}"}`
const down = 'no answer to scrapes for more than 30 seconds; held at the last one'

/** The bot itself: down, silent, failing. */
export const healthProofs: Proofs = {
  BotDown: {
    fires: {
      'no scrape succeeds': {
        given: { up: '1x7 0x31 1x19', 'up{instance="paper-2"}': '1x60' },
        from: '2m30s',
        to: '11m30s',
        labels: critical,
        says: `${down}: ? gross, ? open legs, and ? unhedged ones (?)`,
      },
      'and it says what the bot held': {
        given: {
          up: '1x7 0x31 1x19',
          arbot_gross_exposure_usd: '12500x7 stale',
          'arbot_gross_exposure_usd{instance="paper-2"}': '99000x60',
          [at('upbit', 'open_legs')]: '1x7 stale',
          [at('binance', 'open_legs')]: '2x7 stale',
          [at('upbit', 'unhedged_legs')]: '0x7 stale',
          [at('binance', 'unhedged_legs')]: '1x7 stale',
          arbot_unhedged_value_usd: '640.5x7 stale',
        },
        from: '2m30s',
        to: '11m30s',
        labels: critical,
        says: `${down}: 12500.00 USD gross, 3 open legs, and 1 unhedged ones (640.50 USD)`,
      },
    },
    silent: {
      'it is back within half a minute': { up: '1x7 0x1 1x40' },
      'another job is down': { 'up{job="node-exporter"}': '1x7 0x40' },
      'its watchdog is down': { 'up{job="arbot-watchdog"}': '1x7 0x40' },
    },
    healthy: { up: '1x60' },
  },
  'BotAbsent in paper': absentTarget('arbot', 'paper'),
  'BotAbsent in live': absentTarget('arbot', 'live'),
  HeartbeatMissed: {
    fires: {
      'the main loop stops for five minutes and a half': {
        given: { arbot_heartbeat_age: '5x7 5+15x22 5x40' },
        from: '3m',
        to: '11m45s',
        labels: critical,
        says: 'the main loop has been silent for 1m 5s, limit 60 s: nothing completes open legs',
      },
    },
    silent: {
      'it stops for exactly a minute': { arbot_heartbeat_age: '0x7 0+15x4 0x40' },
      'it always iterates once a minute': { arbot_heartbeat_age: '60x60' },
    },
    healthy: { arbot_heartbeat_age: '1x60' },
  },
  CircuitBreakerActive: {
    fires: {
      'it opens for eight minutes': {
        given: { arbot_circuit_breaker_active: '0x7 1x31 0x19' },
        from: '2m',
        to: '13m',
        labels: critical,
        says: 'the circuit breaker is open: the bot opens no new round trips',
      },
    },
    silent: { 'it stays closed': { arbot_circuit_breaker_active: '0x60' } },
    healthy: { arbot_circuit_breaker_active: '0x60' },
  },
  HighErrorRate: {
    fires: {
      'six errors of market data and four of orders': {
        given: {
          [errors('market_data', 'timeout')]: '0x7 6x60',
          [errors('orders', 'server')]: '0x7 4x60',
        },
        from: '2m',
        to: '9m45s',
        labels: instanceWarning,
        says: '10 errors in 5 minutes, limit 10',
      },
    },
    silent: {
      'nine errors': { [errors('market_data', 'timeout')]: '0x7 5x60', [errors('orders', 'server')]: '0x7 4x60' },
      'one a minute': { [errors('market_data', 'timeout')]: '0x3 1x3 2x3 3x3 4x3 5x3 6x3 7x3 8x3 9x3 10x3 11x3 12x3' },
      'a long time ago': { [errors('market_data', 'timeout')]: '900x60' },
    },
    healthy: { [errors('market_data', 'timeout')]: '0x60', [errors('orders', 'server')]: '2x60' },
  },
}

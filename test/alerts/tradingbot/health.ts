import { absentTarget } from '../absent-target.ts'
import type { Proofs } from '../case.ts'
import { critical, warning } from './target.ts'

const neverSet = (metric: string) => `tradingbot_contract_never_set{metric="${metric}"}`
/** The bot itself: down, silent, restarting. */
export const healthProofs: Proofs = {
  BotDown: {
    fires: {
      'no scrape succeeds': {
        given: { up: '1x7 0x31 1x19', 'up{instance="paper-2"}': '1x60' },
        from: '2m30s',
        to: '11m30s',
        labels: critical,
        says: 'no answer to scrapes for more than 30 seconds; held at the last one: ? positions (? gross), ? of them without a stop, and ? open orders',
      },
      'and it says what the bot held': {
        given: {
          up: '1x7 0x31 1x19',
          tradingbot_open_positions: '3x7 stale',
          'tradingbot_open_positions{instance="paper-2"}': '9x60',
          tradingbot_exposure_usdt: '12500x7 stale',
          tradingbot_positions_without_stop: '1x7 stale',
          tradingbot_open_orders: '2x7 stale',
        },
        from: '2m30s',
        to: '11m30s',
        labels: critical,
        says: 'no answer to scrapes for more than 30 seconds; held at the last one: 3 positions (12500.00 USDT gross), 1 of them without a stop, and 2 open orders',
      },
    },
    silent: {
      'it is back within half a minute': { up: '1x7 0x1 1x40' },
      'another job is down': { 'up{job="node-exporter"}': '1x7 0x40' },
      'its watchdog is down': { 'up{job="tradingbot-watchdog"}': '1x7 0x40' },
    },
    healthy: { up: '1x60' },
  },
  'BotAbsent in paper': absentTarget('tradingbot', 'paper'),
  'BotAbsent in live': absentTarget('tradingbot', 'live'),
  HeartbeatMissed: {
    fires: {
      'the main loop stops for five minutes and a half': {
        given: { tradingbot_heartbeat_age: '5x7 5+15x22 5x40' },
        from: '5m',
        to: '11m45s',
        labels: critical,
        says: 'the main loop has been silent for 3m 5s, limit 3 min',
      },
    },
    silent: {
      'it stops for exactly three minutes': { tradingbot_heartbeat_age: '0x7 0+15x12 0x40' },
      'it iterates once a minute': { tradingbot_heartbeat_age: '60x60' },
    },
    healthy: { tradingbot_heartbeat_age: '1x60' },
  },
  ContractCriticalMetricNeverSet: {
    fires: {
      'today’s PnL is never known': {
        given: {
          [neverSet('tradingbot_daily_pnl_pct')]: '0x7 1x31 0x19',
          [neverSet('tradingbot_max_drawdown')]: '0x60',
          // it has an alert of its own severity
          [neverSet('tradingbot_reconciliation_timestamp')]: '0x7 1x31 0x19',
        },
        from: '2m30s',
        to: '13m',
        labels: { ...critical, metric: 'tradingbot_daily_pnl_pct' },
        says: 'paper-1 has never set tradingbot_daily_pnl_pct: critical alerts that depend on it cannot fire',
      },
    },
    silent: {
      'no critical alert depends on it': { [neverSet('tradingbot_reconciliation_timestamp')]: '0x7 1x60' },
      'it is set just after the deadline': { [neverSet('tradingbot_daily_pnl_pct')]: '0x7 1x1 0x40' },
    },
    healthy: { [neverSet('tradingbot_daily_pnl_pct')]: '0x60' },
  },
  ContractMetricNeverSet: {
    fires: {
      'the books are never compared': {
        given: { [neverSet('tradingbot_reconciliation_timestamp')]: '0x7 1x31 0x19' },
        from: '3m',
        to: '13m',
        labels: { ...warning, metric: 'tradingbot_reconciliation_timestamp' },
        says: 'paper-1 has never set tradingbot_reconciliation_timestamp, which should be set by now',
      },
    },
    silent: {
      'a critical alert depends on it': { [neverSet('tradingbot_daily_pnl_pct')]: '0x7 1x60' },
      'it is set just after the deadline': { [neverSet('tradingbot_reconciliation_timestamp')]: '0x7 1x3 0x40' },
    },
    healthy: { [neverSet('tradingbot_reconciliation_timestamp')]: '0x60' },
  },
}

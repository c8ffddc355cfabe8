import type { Proofs } from '../case.ts'
import { peakLostProof } from '../peak-lost.ts'
import { critical, warning } from './target.ts'

const drawdown = 'tradingbot_max_drawdown'
const today = 'tradingbot_daily_pnl_pct'
const differences = (of: string) => `tradingbot_reconciliation_differences{difference="${of}"}`
const unprotected = 'tradingbot_positions_without_stop'
const balanceRead = 'tradingbot_balance_timestamp'
const compared = 'tradingbot_reconciliation_timestamp'

/** The account: money that is lost, books that are wrong, figures that are old. */
export const accountProofs: Proofs = {
  DrawdownExceeded: {
    fires: {
      'the balance is more than a twentieth below its peak': {
        given: {
          [drawdown]: '-0.01x7 -0.0512x31 -0.01x19',
          'tradingbot_max_drawdown{instance="paper-2"}': '-0.01x60',
        },
        from: '2m30s',
        to: '13m',
        labels: critical,
        says: 'drawdown -5.12 % from the peak, limit -5 % (balance read ? ago)',
      },
      'and it says how old the balance is': {
        given: { [drawdown]: '-0.01x7 -0.08x31 -0.01x19', [balanceRead]: '0+15x60' },
        from: '2m30s',
        to: '13m',
        labels: critical,
        says: 'drawdown -8 % from the peak, limit -5 % (balance read 0s ago)',
      },
      'the balance goes stale, and that ends nothing': {
        given: { [drawdown]: '-0.01x7 -0.08x71 -0.01x19', [balanceRead]: '0+15x9 135x90' },
        from: '2m30s',
        to: '23m',
        labels: critical,
        says: 'drawdown -8 % from the peak, limit -5 % (balance read 15s ago)',
      },
    },
    silent: {
      'at the limit': { [drawdown]: '-0.01x7 -0.05x60' },
      'for less than half a minute': { [drawdown]: '-0.01x7 -0.4x1 -0.01x40' },
    },
    healthy: { [drawdown]: '-0.01x30 0x30' },
  },
  BalanceDrop: {
    fires: {
      'more than 3 % is lost since the day began': {
        given: { [today]: '0.5x7 -3.01x31 0x19', [balanceRead]: '-20+15x60' },
        from: '2m30s',
        to: '13m',
        labels: critical,
        says: 'today’s PnL is -3.01 % of the balance, limit -3 % (balance read 20s ago)',
      },
    },
    silent: {
      'at the limit': { [today]: '0.5x7 -3x60' },
      'for less than half a minute': { [today]: '0.5x7 -50x1 0.5x40' },
      'as much is won': { [today]: '0.5x7 13x60' },
    },
    healthy: { [today]: '-0.5x60' },
  },
  PeakLost: peakLostProof('tradingbot_peak_since_timestamp', warning),
  BooksDiffer: {
    fires: {
      'the exchange has a position that the books do not have': {
        given: { [differences('position')]: '0x7 1x31 0x19', [differences('balance')]: '0x60' },
        from: '3m',
        to: '13m',
        labels: { ...critical, difference: 'position' },
        says: 'the books of the bot differ from the exchange (position): 1',
      },
      'two orders are unknown to the bot': {
        given: { [differences('orphan')]: '0x7 2x31 0x19' },
        from: '3m',
        to: '13m',
        labels: { ...critical, difference: 'orphan' },
        says: 'the books of the bot differ from the exchange (orphan): 2',
      },
    },
    silent: { 'until the next reconciliation': { [differences('balance')]: '0x7 1x3 0x40' } },
    healthy: { [differences('position')]: '0x60', [differences('balance')]: '0x60' },
  },
  PositionWithoutStop: {
    fires: {
      'the stop of one of three positions is gone': {
        given: {
          [unprotected]: '0x7 1x31 0x19',
          tradingbot_open_positions: '3x60',
          tradingbot_exposure_usdt: '7500x60',
        },
        from: '3m',
        to: '13m',
        labels: critical,
        says: '1 of 3 positions have had no stop at the exchange for a minute (7500.00 USDT gross in all)',
      },
    },
    silent: { 'the stop follows the fill': { [unprotected]: '0x7 1x3 0x40' } },
    healthy: { [unprotected]: '0x60' },
  },
  BalanceStale: {
    fires: {
      'it is not read for ten minutes': {
        given: { [balanceRead]: '0+15x7 105x40 720+15x20' },
        from: '7m30s',
        to: '15m15s',
        labels: critical,
        says: 'the balance was last read 5m 45s ago, limit 5 min: DrawdownExceeded and BalanceDrop see nothing new',
      },
    },
    silent: {
      'it is read every five minutes': { [balanceRead]: '0x20 300x19 600x19' },
      'Prometheus was away for ten minutes': { [balanceRead]: '0+15x7 _x40 105x1 720+15x20' },
    },
    healthy: { [balanceRead]: '0+15x60' },
  },
  ReconciliationStale: {
    fires: {
      'books are not compared for ten minutes': {
        given: { [compared]: '0+15x7 105x40 720+15x20' },
        from: '8m',
        to: '13m45s',
        labels: warning,
        says: 'books and exchange were last compared 6m 15s ago, limit 5 min: BooksDiffer and PositionWithoutStop see nothing new',
      },
    },
    silent: { 'they are compared every five minutes': { [compared]: '0x20 300x19 600x19' } },
    healthy: { [compared]: '0+15x60' },
  },
}

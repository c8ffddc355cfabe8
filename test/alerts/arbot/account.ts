import type { Proofs } from '../case.ts'
import { at, critical, warning } from './target.ts'

const today = 'arbot_pnl_daily_usd'
const limit = 'arbot_daily_loss_limit_usd'
const halted = (reason: string) => `arbot_trading_halted{reason="${reason}"}`
const drawdown = 'arbot_drawdown_pct'
const distance = at('binance', 'liquidation_distance')
const liquidates = (move: string, most: number) =>
  `binance liquidates the positions there if prices move by another ${move} %, limit ${most} %`

/** Money that is lost, and trading that stops because of it. */
export const accountProofs: Proofs = {
  DailyLossLimitReached: {
    fires: {
      'the loss is as large as the limit': {
        given: { [today]: '-100x7 -500x31 20x19', [limit]: '500x60', [halted('daily_loss')]: '0x60' },
        from: '2m',
        to: '13m',
        labels: critical,
        says: 'the daily loss limit of 500.00 USD is reached: today’s PnL is -500.00 USD',
      },
      'midnight begins a new day while trading is halted': {
        given: { [today]: '-100x7 -512.345x7 0x80', [limit]: '500x96', [halted('daily_loss')]: '0x8 1x40 0x46' },
        from: '2m',
        to: '15m30s',
        labels: critical,
        says: 'the daily loss limit of 500.00 USD is reached: today’s PnL is -512.35 USD',
      },
    },
    silent: {
      'just below the limit': { [today]: '-100x7 -499.99x60', [limit]: '500x67', [halted('daily_loss')]: '0x67' },
      'the bot has a higher limit of its own': { [today]: '-100x7 -900x60', [limit]: '1000x67' },
      'halted for another reason': { [today]: '-100x67', [limit]: '500x67', [halted('manual')]: '0x7 1x60' },
    },
    healthy: { [today]: '35x60', [limit]: '500x60', [halted('daily_loss')]: '0x60' },
  },
  DrawdownExceeded: {
    fires: {
      'the capital is more than a twentieth below its peak': {
        given: { [drawdown]: '1x7 5.2x31 1x19', 'arbot_drawdown_pct{instance="paper-2"}': '1x60' },
        from: '2m30s',
        to: '13m',
        labels: critical,
        says: 'drawdown 5.2 % from the peak, limit 5 %',
      },
    },
    silent: {
      'at the limit': { [drawdown]: '1x7 5x60' },
      'for less than half a minute': { [drawdown]: '1x7 40x1 1x40' },
    },
    healthy: { [drawdown]: '0.4x60' },
  },
  TradingHalted: {
    fires: {
      'the drawdown halts it': {
        given: { [halted('drawdown')]: '0x7 1x31 0x19', [halted('manual')]: '0x60' },
        from: '3m',
        to: '13m',
        labels: { ...warning, reason: 'drawdown' },
        says: 'the bot opens no new round trips, reason: drawdown',
      },
      'somebody halts it': {
        given: { [halted('manual')]: '0x7 1x31 0x19' },
        from: '3m',
        to: '13m',
        labels: { ...warning, reason: 'manual' },
        says: 'the bot opens no new round trips, reason: manual',
      },
    },
    silent: {
      'for less than a minute': { [halted('manual')]: '0x7 1x3 0x40' },
      'reasons with alerts of their own': {
        [halted('daily_loss')]: '0x7 1x60',
        [halted('circuit_breaker')]: '0x7 1x60',
      },
    },
    healthy: { [halted('drawdown')]: '0x60', [halted('manual')]: '0x60' },
  },
  WinRateLow: {
    fires: {
      'fewer than half of the round trips earn anything': {
        given: { arbot_win_rate: '0.6x7 0.48x79 0.6x19' },
        from: '12m',
        to: '25m',
        labels: warning,
        says: '48 % of the last round trips ended with a profit, limit 50 %',
      },
    },
    silent: {
      'at the limit': { arbot_win_rate: '0.6x7 0.5x80' },
      'for less than ten minutes': { arbot_win_rate: '0.6x7 0.4x39 0.6x40' },
      'there are fewer than 20 round trips': { arbot_win_rate: '0.6x7 stale _x60' },
    },
    healthy: { arbot_win_rate: '0.65x60' },
  },
  LiquidationImminent: {
    fires: {
      'four percent are left': {
        given: { [distance]: '0.3x7 0.04x31 0.3x19', [at('okx', 'liquidation_distance')]: '0.4x60' },
        from: '2m30s',
        to: '13m',
        labels: { ...critical, exchange: 'binance' },
        says: liquidates('4', 5),
      },
    },
    silent: {
      'at the limit': { [distance]: '0.3x7 0.05x60' },
      'for less than 20 seconds': { [distance]: '0.3x7 0.01x1 0.3x40' },
    },
    healthy: { [distance]: '0.3x60' },
  },
  LiquidationNear: {
    fires: {
      'twelve percent are left': {
        given: { [distance]: '0.3x7 0.12x31 0.3x19' },
        from: '3m',
        to: '13m',
        labels: { ...warning, exchange: 'binance' },
        says: liquidates('12', 15),
      },
    },
    silent: {
      'at the limit': { [distance]: '0.3x7 0.15x60' },
      'for less than a minute': { [distance]: '0.3x7 0.1x3 0.3x40' },
    },
    healthy: { [distance]: '0.3x60' },
  },
}

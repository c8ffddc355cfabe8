import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const warning = { ...target, severity: 'warning' }
const critical = { ...target, severity: 'critical' }
const margin = (used: string, equity: string) => ({ mcbot_margin_used_usdt: used, mcbot_equity_usdt: equity })

/** The loss of a day. */
const dailyLoss = (limit: number, labels: typeof warning): Proofs[string] => ({
  fires: {
    'more is lost than the limit': {
      given: { mcbot_today_return_pct: `0x7 -${limit + 0.01}x31 0x19` },
      from: '2m30s',
      to: '13m',
      labels,
      says: `${limit + 0.01} % of the equity is lost since the day began, limit ${limit} %`,
    },
  },
  silent: {
    'at the limit': { mcbot_today_return_pct: `0x7 -${limit}x60` },
    'for less than half a minute': { mcbot_today_return_pct: '0x7 -50x1 0x40' },
    'as much is won': { mcbot_today_return_pct: `0x7 ${limit + 10}x60` },
  },
  healthy: { mcbot_today_return_pct: '-0.1x60' },
})

/** A drawdown that wakes somebody. */
const deepDrawdown = (limit: number): Proofs[string] => ({
  fires: {
    'more is lost than the limit': {
      given: { mcbot_drawdown_pct: `2x7 ${limit + 0.01}x31 2x19` },
      from: '2m30s',
      to: '13m',
      labels: critical,
      says: `the portfolio is ${limit + 0.01} % below its peak, limit ${limit} %`,
    },
  },
  silent: {
    'at the limit': { mcbot_drawdown_pct: `2x7 ${limit}x60` },
    'for less than half a minute': { mcbot_drawdown_pct: '2x7 90x1 2x40' },
  },
  healthy: { mcbot_drawdown_pct: '2x60' },
})

/** The portfolio: how much is lost, and how much is at risk. */
export const positionProofs: Proofs = {
  HighDrawdown: {
    fires: {
      'more than a tenth is lost': {
        given: { mcbot_drawdown_pct: '2x7 10.01x31 2x19', 'mcbot_drawdown_pct{instance="paper-2"}': '2x60' },
        from: '3m',
        to: '13m',
        labels: warning,
        says: 'the portfolio is 10.01 % below its peak, limit 10 %',
      },
    },
    silent: {
      'at the limit': { mcbot_drawdown_pct: '2x7 10x60' },
      'for less than a minute': { mcbot_drawdown_pct: '2x7 30x3 2x40' },
    },
    healthy: { mcbot_drawdown_pct: '2x60' },
  },
  DrawdownCritical: deepDrawdown(20),
  DrawdownSevere: deepDrawdown(35),
  DailyLossHigh: dailyLoss(3, warning),
  DailyLossCritical: dailyLoss(6, critical),
  LeverageCritical: {
    fires: {
      'more than five times the equity': {
        given: { mcbot_aggregate_leverage: '1x7 5.01x31 1x19' },
        from: '3m',
        to: '13m',
        labels: critical,
        says: 'account leverage is 5.01x, limit 5x; below zero, the equity is negative',
      },
      'the equity is gone': {
        given: { mcbot_aggregate_leverage: '1x7 -40x31 1x19' },
        from: '3m',
        to: '13m',
        labels: critical,
        says: 'account leverage is -40x, limit 5x; below zero, the equity is negative',
      },
    },
    silent: {
      'at the limit': { mcbot_aggregate_leverage: '1x7 5x60' },
      'for less than a minute': { mcbot_aggregate_leverage: '1x7 9x3 1x40' },
    },
    healthy: { mcbot_aggregate_leverage: '1x60' },
  },
  LeverageHigh: {
    fires: {
      'more than three times the equity': {
        given: { mcbot_aggregate_leverage: '1x7 3.01x31 1x19' },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'account leverage is 3.01x, limit 3x; below zero, the equity is negative',
      },
      'the equity is gone': {
        given: { mcbot_aggregate_leverage: '1x7 -40x31 1x19' },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'account leverage is -40x, limit 3x; below zero, the equity is negative',
      },
    },
    silent: {
      'at the limit': { mcbot_aggregate_leverage: '1x7 3x60' },
      'no position at all': { mcbot_aggregate_leverage: '0x60' },
      'for less than five minutes': { mcbot_aggregate_leverage: '1x7 9x19 1x40' },
    },
    healthy: { mcbot_aggregate_leverage: '1x60' },
  },
  MarginNearLimit: {
    fires: {
      'more than four fifths of the equity': {
        given: margin('200x7 801x31 200x19', '1000x60'),
        from: '4m',
        to: '13m',
        labels: critical,
        says: '80.1 % of the equity is used as margin, limit 80 %',
      },
      'less than nothing is left of the equity': {
        given: margin('200x60', '1000x7 -100x31 1000x19'),
        from: '4m',
        to: '13m',
        labels: critical,
        says: '-200 % of the equity is used as margin, limit 80 %',
      },
    },
    silent: {
      'at the limit': margin('200x7 800x60', '1000x60'),
      'exactly nothing is left of the equity, which LeverageCritical reports': margin('10x60', '1000x7 0x31 1000x19'),
      'for less than two minutes': margin('200x7 990x7 200x40', '1000x60'),
    },
    healthy: margin('200x60', '1000x60'),
  },
}

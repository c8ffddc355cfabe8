import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const warning = { ...target, severity: 'warning' }
const critical = { ...target, severity: 'critical' }
const margin = (used: string, equity: string) => ({ mcbot_margin_used_usdt: used, mcbot_equity_usdt: equity })

/** The portfolio: how much is lost, and how much is at risk. */
export const positionProofs: Proofs = {
  HighDrawdown: {
    fires: {
      'more than a tenth is lost': {
        given: { mcbot_drawdown_pct: '2x7 10.01x31 2x19', 'mcbot_drawdown_pct{instance="paper-2"}': '2x60' },
        from: '3m',
        to: '13m',
        labels: warning,
        says: 'mcbot (paper): the portfolio is 10.01 % below its peak',
      },
    },
    silent: {
      'at the limit': { mcbot_drawdown_pct: '2x7 10x60' },
      'for less than a minute': { mcbot_drawdown_pct: '2x7 30x3 2x40' },
    },
    healthy: { mcbot_drawdown_pct: '2x60' },
  },
  LeverageHigh: {
    fires: {
      'more than three times the equity': {
        given: { mcbot_aggregate_leverage: '1x7 3.01x31 1x19' },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'mcbot (paper): account leverage is 3.01x',
      },
      'the equity is gone': {
        given: { mcbot_aggregate_leverage: '1x7 -40x31 1x19' },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'mcbot (paper): account leverage is -40x',
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
        says: 'mcbot (paper): 80.1 % of the equity is used as margin: liquidation is near',
      },
      'the equity is gone': {
        given: margin('10x60', '1000x7 -5x31 1000x19'),
        from: '4m',
        to: '13m',
        labels: critical,
        says: 'mcbot (paper): +Inf % of the equity is used as margin: liquidation is near',
      },
    },
    silent: {
      'at the limit': margin('200x7 800x60', '1000x60'),
      'for less than two minutes': margin('200x7 990x7 200x40', '1000x60'),
    },
    healthy: margin('200x60', '1000x60'),
  },
}

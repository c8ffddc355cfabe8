import { ageOf, increase, stat, timeseries } from '../../language/index.ts'
import { metrics } from '../series.ts'
import { differenceColours } from './colours.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const

/** Panels about the account: its value, its positions, and whether the books are right. */
export const accountPanels = {
  balanceCurve: timeseries({
    title: 'Balance and its peak',
    description: 'A withdrawal lowers both.',
    show: { balance: metrics.balance_usdt, peak: metrics.peak_balance },
    colours: { balance: 'blue', peak: 'grey' },
  }),
  drawdown: timeseries({
    title: 'Drawdown',
    description: 'The fall from the peak now; 0 at a new peak.',
    show: metrics.max_drawdown,
    max: 0,
  }),
  today: timeseries({ title: 'Change since the trading day began', show: metrics.daily_pnl_pct }),
  unrealized: timeseries({ title: 'Unrealized PnL', show: metrics.unrealized_pnl }),
  exposure: timeseries({ title: 'Exposure', show: metrics.exposure_usdt, min: 0 }),
  positions: timeseries({
    title: 'Open positions, and those without stop',
    show: { open: metrics.open_positions, 'without stop': metrics.positions_without_stop },
    colours: { open: 'blue', 'without stop': 'orange' },
    min: 0,
    decimals: 0,
  }),
  unprotected: stat({ title: 'Positions without stop', show: metrics.positions_without_stop, meanings: none }),
  differences: timeseries({
    title: 'Differences between books and exchange',
    show: metrics.reconciliation_differences,
    colours: differenceColours,
    min: 0,
    decimals: 0,
  }),
  readAges: timeseries({
    title: 'Age of the balance',
    description: 'Since it was last read from the exchange.',
    show: ageOf(metrics.balance_timestamp),
    min: 0,
  }),
  reconciliationAge: timeseries({
    title: 'Age of the last reconciliation',
    show: ageOf(metrics.reconciliation_timestamp),
    min: 0,
  }),
  transfers: timeseries({
    title: 'Deposits and withdrawals, 24 h',
    show: {
      deposits: increase(metrics.deposits_usdt_total, '24h'),
      withdrawals: increase(metrics.withdrawals_usdt_total, '24h'),
    },
    colours: { deposits: 'blue', withdrawals: 'purple' },
    min: 0,
  }),
}

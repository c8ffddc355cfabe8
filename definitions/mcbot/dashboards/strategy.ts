import {
  dashboard,
  increase,
  labelValues,
  max,
  min,
  percent,
  stat,
  stateTimeline,
  sum,
  table,
  timeseries,
  usdt,
} from '../../language/index.ts'
import { metrics } from '../series.ts'
import { strategyColours } from './colours.ts'

const decays = {
  0: { text: 'none', colour: 'green' },
  1: { text: 'WARNING', colour: 'orange' },
  2: { text: 'DECAY', colour: 'red' },
} as const
const severities = {
  0: { text: 'normal', colour: 'green' },
  1: { text: 'WARNING', colour: 'orange' },
  2: { text: 'CRITICAL', colour: 'red' },
} as const

/** Strategy Performance: which strategies make money, and which decay. */
const tooYoung = 'fewer than 30 daily returns so far'

export const strategyDashboard = dashboard({
  title: 'Strategy Performance',
  description: 'Which strategies make money, and which no longer perform as in the backtest.',
  variables: { strategy: labelValues(metrics.strategy_pnl_usdt, 'strategy', 'Strategy') },
  panels: {
    decayNow: stat({ title: 'Structural decay', show: max(metrics.ransac_decay_severity), meanings: decays }),
    gbmNow: stat({ title: 'Worst drawdown under GBM', show: max(metrics.gbm_drawdown_severity), meanings: severities }),
    driftNow: stat({
      title: 'Lowest p-value',
      show: min(metrics.distribution_p_value),
      emptyMeans: tooYoung,
      decimals: 2,
    }),
    drawdownNow: stat({
      title: 'Worst drawdown',
      show: max(metrics.strategy_drawdown_pct),
      limits: [{ severity: 'warning', above: percent(10) }],
      decimals: 1,
    }),
    summary: table({
      title: 'Strategies',
      show: {
        PnL: metrics.strategy_pnl_usdt,
        drawdown: metrics.strategy_drawdown_pct,
        'win rate': metrics.strategy_win_rate,
      },
      limits: {
        PnL: [{ severity: 'warning', below: usdt(0) }],
        drawdown: [{ severity: 'warning', above: percent(10) }],
      },
      width: 24,
      height: 6,
    }),
    pnl: timeseries({ title: 'PnL by strategy', show: metrics.strategy_pnl_usdt, colours: strategyColours }),
    drawdown: timeseries({
      title: 'Drawdown by strategy',
      show: metrics.strategy_drawdown_pct,
      colours: strategyColours,
      min: 0,
    }),
    signals: timeseries({
      title: 'Signal frequency, 1 h',
      show: sum(increase(metrics.strategy_signals_total, '1h')).by('strategy', 'side'),
      decimals: 0,
      colours: strategyColours,
      bars: true,
      stacked: true,
    }),
    fills: timeseries({
      title: 'Fills, 1 h',
      show: sum(increase(metrics.strategy_fills_total, '1h')).by('strategy', 'side'),
      decimals: 0,
      colours: strategyColours,
      bars: true,
      stacked: true,
    }),
    winRate: timeseries({
      title: 'Win rate, last 20 closing fills',
      show: metrics.strategy_win_rate,
      colours: strategyColours,
      min: 0,
      max: 1,
    }),
    sharpe: timeseries({
      title: 'Rolling Sharpe ratio, 30 days',
      show: metrics.strategy_sharpe_rolling,
      colours: strategyColours,
    }),
    gbm: stateTimeline({
      title: 'Drawdown under GBM',
      description:
        'Whether the drawdown is within the range expected from the backtest under geometric Brownian motion.',
      show: metrics.gbm_drawdown_severity,
      meanings: severities,
    }),
    decay: stateTimeline({
      title: 'Structural decay',
      description:
        'A warning if the cumulative return has a slope of zero or less or is below its conformal bound, critical if both.',
      show: metrics.ransac_decay_severity,
      meanings: decays,
    }),
    drift: timeseries({
      title: 'Return distribution, p-value',
      description:
        'Kolmogorov-Smirnov test of recent against backtested daily returns; a low p-value means that they differ.',
      show: metrics.distribution_p_value,
      emptyMeans: tooYoung,
      colours: strategyColours,
      min: 0,
      max: 1,
    }),
    slope: timeseries({
      title: 'Slope of the cumulative return (RANSAC)',
      show: metrics.ransac_slope,
      colours: strategyColours,
    }),
  },
  rows: {
    'At a glance': ['decayNow', 'gbmNow', 'driftNow', 'drawdownNow'],
    Strategies: ['summary', 'pnl', 'drawdown'],
    Trading: ['signals', 'fills', 'winRate', 'sharpe'],
    'Drift and decay': ['gbm', 'decay', 'drift', 'slope'],
  },
})

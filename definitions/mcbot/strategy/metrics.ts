import { counter, gauge, percent, ratio, score, usdt } from '../../language/metrics.ts'
import { side, strategy } from '../labels.ts'

/** Layer 5: each strategy by itself. */
export const strategies = {
  strategy_pnl_usdt: gauge({
    help: 'Profit or loss of the strategy since the bot began, realized and unrealized, after fees.',
    unit: usdt,
    labels: { strategy },
  }),
  strategy_drawdown_pct: gauge({
    help: 'Fall of the equity of the strategy from its highest value in percent, as a positive number.',
    unit: percent,
    labels: { strategy },
    additive: false,
  }),
  strategy_signals_total: counter({ help: 'Signals that the strategy raised.', labels: { strategy, side } }),
  strategy_fills_total: counter({ help: 'Fills of orders that the strategy asked for.', labels: { strategy, side } }),
  strategy_win_rate: gauge({
    help: 'Share of the last 20 closing fills of the strategy that made a profit; absent before the first.',
    unit: ratio,
    labels: { strategy },
    additive: false,
  }),
  strategy_sharpe_rolling: gauge({
    help: 'Annualized Sharpe ratio of the last 30 daily returns of the strategy; absent before there are two.',
    unit: score,
    labels: { strategy },
    additive: false,
  }),
}

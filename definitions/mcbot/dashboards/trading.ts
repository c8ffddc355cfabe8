import {
  ageOf,
  count,
  dashboard,
  increase,
  labelValues,
  stat,
  stateTimeline,
  sum,
  table,
  timeseries,
  usdt,
  vector,
} from '../../language/index.ts'
import { recordingRules } from '../records.ts'
import { job, metrics, pipelineMetrics, scrapeMetrics } from '../series.ts'
import { symbolColours } from './colours.ts'

const firing = (severity: 'critical' | 'warning') =>
  count(pipelineMetrics.ALERTS.where({ alertstate: 'firing', severity }))
    .across('bot', 'env')
    .or(vector(0))

/** Simulated modes and the live one. */
const tradingColours = { backtest: 'grey', shadow: 'grey', paper: 'blue', live: 'purple' } as const

/** Trading Overview: whether the bot is alive, what the portfolio is worth, what it holds. */
export const tradingDashboard = dashboard({
  title: 'Trading Overview',
  description: 'Whether the bot is alive, what the portfolio is worth, and what it holds.',
  variables: { symbol: labelValues(metrics.position_notional_usdt, 'symbol', 'Symbol') },
  panels: {
    up: stat({
      title: 'Bot',
      description: 'Whether the bot answered the last scrape.',
      show: scrapeMetrics.up.where({ job }),
      meanings: { 0: { text: 'DOWN', colour: 'red' }, 1: { text: 'up', colour: 'green' } },
    }),
    alerts: stat({
      title: 'Alerts firing',
      show: { critical: firing('critical'), warning: firing('warning') },
      meanings: { 0: { text: 'none', colour: 'green' } },
      limits: { critical: [{ severity: 'critical', atLeast: 1 }], warning: [{ severity: 'warning', atLeast: 1 }] },
    }),
    equityNow: stat({ title: 'Equity', show: metrics.equity_usdt, decimals: 0 }),
    todayPnl: stat({
      title: 'Today PnL',
      description: 'Since the trading day began.',
      show: metrics.today_pnl_usdt,
      limits: [{ severity: 'warning', below: usdt(0) }],
      decimals: 2,
    }),
    drawdownNow: stat({ title: 'Drawdown', show: metrics.drawdown_pct, decimals: 1 }),
    openPositions: stat({ title: 'Open positions', show: metrics.open_positions }),
    uptime: stat({ title: 'Uptime', show: metrics.uptime_seconds }),
    mode: stat({ title: 'Trading mode', show: metrics.trading_mode.current }),
    equity: timeseries({ title: 'Equity curve', show: metrics.equity_usdt }),
    today: timeseries({ title: 'Change since the trading day began', show: metrics.today_return_pct }),
    drawdown: timeseries({ title: 'Drawdown', show: metrics.drawdown_pct, min: 0 }),
    unrealized: timeseries({
      title: 'Unrealized PnL by symbol',
      show: metrics.unrealized_pnl_usdt,
      colours: symbolColours,
    }),
    realized: timeseries({
      title: 'Realized PnL by symbol since the bot started',
      show: recordingRules.realized_pnl_usdt.series,
      colours: symbolColours,
      emptyMeans: 'no positions closed since the bot started',
    }),
    profitAndLoss: timeseries({
      title: 'Realized profit and loss, 1 h',
      show: {
        profit: sum(increase(metrics.realized_profit_usdt_total, '1h')),
        loss: sum(increase(metrics.realized_loss_usdt_total, '1h')),
      },
      colours: { profit: 'green', loss: 'orange' },
      min: 0,
      emptyMeans: 'no positions closed since the bot started',
    }),
    funding: timeseries({
      title: 'Funding, 1 h',
      show: {
        received: sum(increase(metrics.funding_received_usdt_total, '1h')),
        paid: sum(increase(metrics.funding_paid_usdt_total, '1h')),
      },
      colours: { received: 'green', paid: 'orange' },
      min: 0,
      emptyMeans: 'no funding since the bot started',
    }),
    transfers: timeseries({
      title: 'Deposits and withdrawals, 1 h',
      show: {
        deposits: increase(metrics.deposits_usdt_total, '1h'),
        withdrawals: increase(metrics.withdrawals_usdt_total, '1h'),
      },
      colours: { deposits: 'green', withdrawals: 'orange' },
      min: 0,
    }),
    notional: timeseries({
      title: 'Positions at mark price',
      show: metrics.position_notional_usdt,
      colours: symbolColours,
    }),
    sizes: table({
      title: 'Positions',
      show: {
        size: metrics.position_size,
        notional: metrics.position_notional_usdt,
        unrealized: metrics.unrealized_pnl_usdt,
      },
    }),
    leverage: timeseries({ title: 'Account leverage', show: metrics.aggregate_leverage, min: 0 }),
    margin: timeseries({
      title: 'Margin used, share of equity',
      show: metrics.margin_used_usdt.div(metrics.equity_usdt),
      min: 0,
    }),
    marginUsed: timeseries({
      title: 'Wallet, cash and margin',
      show: { wallet: metrics.wallet_balance_usdt, cash: metrics.cash_usdt, margin: metrics.margin_used_usdt },
      colours: { wallet: 'green', cash: 'blue', margin: 'purple' },
    }),
    liquidation: timeseries({
      title: 'Distance to liquidation',
      description: 'Move of the mark price against the position that would liquidate it.',
      show: metrics.liquidation_distance_pct,
      colours: symbolColours,
      min: 0,
      emptyMeans: 'no open positions',
    }),
    marginRatio: timeseries({
      title: 'Margin ratio',
      description:
        'Maintenance margin of cross positions, as a share of what covers them: at 100 % they are liquidated.',
      show: metrics.maintenance_margin_usdt.div(metrics.margin_balance_usdt),
      min: 0,
    }),
    modes: stateTimeline({
      title: 'Trading mode over time',
      show: metrics.trading_mode.current,
      colours: tradingColours,
      height: 4,
    }),
    about: table({ title: 'Version and mode', show: metrics.info, width: 24, height: 5 }),
    heartbeat: stat({ title: 'Last heartbeat', show: ageOf(metrics.heartbeat_timestamp) }),
  },
  rows: {
    'At a glance': [
      'up',
      'alerts',
      'equityNow',
      'todayPnl',
      'drawdownNow',
      'openPositions',
      'uptime',
      'heartbeat',
      'mode',
    ],
    Money: ['equity', 'drawdown', 'today', 'transfers', 'realized', 'profitAndLoss', 'funding'],
    Positions: ['sizes', 'unrealized', 'notional'],
    Risk: ['liquidation', 'marginRatio', 'leverage', 'margin', 'marginUsed'],
    'Version and mode': ['about', 'modes'],
  },
})

import {
  barGauge,
  count,
  dashboard,
  gauge,
  increase,
  logs,
  stat,
  stateTimeline,
  sum,
  timeseries,
  usd,
  vector,
} from '../../language/index.ts'
import { events } from '../log-events.ts'
import { metrics, pipelineMetrics } from '../series.ts'
import { exchangeColours, strategyColours } from './colours.ts'

const detected = (window: '1h') => sum(increase(metrics.signals_detected_total, window))
const executed = (window: '1h') => sum(increase(metrics.signals_executed_total, window))

const firing = (severity: 'critical' | 'warning') =>
  count(pipelineMetrics.ALERTS.where({ alertstate: 'firing', severity }))
    .across('bot', 'env')
    .or(vector(0))

/** The layout that the document recommends. */
const recommended = {
  uptime: stat({ title: 'Uptime', show: metrics.uptime_seconds }),
  cpu: stat({ title: 'CPU', description: 'Of one core.', show: metrics.process_cpu_percent, decimals: 1 }),
  memory: stat({ title: 'Memory', show: metrics.process_memory_rss_bytes, decimals: 0 }),
  connections: stateTimeline({
    title: 'Exchange connections',
    show: metrics.exchange_connected,
    meanings: { 0: { text: 'DISCONNECTED', colour: 'red' }, 1: { text: 'connected', colour: 'green' } },
  }),
  pnl: timeseries({
    title: 'Total PnL',
    description: 'Since the account began, after fees.',
    show: metrics.pnl_total_usd,
    width: 24,
  }),
  pnlByDay: barGauge({
    title: 'PnL by day',
    description: 'The current trading day, then completed ones by how many days ago they were.',
    show: { today: metrics.pnl_daily_usd, 'days ago': metrics.pnl_by_day_usd },
    limits: {
      today: [{ severity: 'critical', below: usd(0) }],
      'days ago': [{ severity: 'critical', below: usd(0) }],
    },
    decimals: 2,
  }),
  winRate: gauge({
    title: 'Win rate',
    description: 'Of the last 100 round trips.',
    show: metrics.win_rate,
    min: 0,
    max: 1,
    emptyMeans: 'fewer than 20 round trips are closed',
    height: 8,
  }),
  drawdown: timeseries({
    title: 'Drawdown',
    description: 'The fall of the capital from its peak; 0 at a new peak.',
    show: metrics.drawdown_pct,
    min: 0,
  }),
  signals: timeseries({
    title: 'Signals detected and executed, 1 h',
    show: { detected: detected('1h'), executed: executed('1h') },
    colours: { detected: 'yellow', executed: 'blue' },
    min: 0,
    decimals: 0,
  }),
  latency: timeseries({
    title: 'Latency by exchange, mean',
    description: 'Of all calls within five minutes.',
    show: sum(increase(metrics.exchange_latency_ms.sum, '5m'))
      .by('exchange')
      .div(sum(increase(metrics.exchange_latency_ms.count, '5m')).by('exchange')),
    colours: exchangeColours,
    min: 0,
  }),
  errors: logs({
    title: 'Last 50 errors',
    events: [events.error, events.leg_failed, events.leg_unhedged, events.circuit_breaker_opened],
    level: 'error',
    newest: 50,
    emptyMeans: 'nothing went wrong',
  }),
}

/** The rest of its three groups of panels, and whether anything is wrong. */
const further = {
  alerts: stat({
    title: 'Alerts firing',
    show: { critical: firing('critical'), warning: firing('warning') },
    meanings: { 0: { text: 'none', colour: 'green' } },
    limits: { critical: [{ severity: 'critical', atLeast: 1 }], warning: [{ severity: 'warning', atLeast: 1 }] },
  }),
  today: stat({
    title: 'Today’s PnL',
    description: 'Since the trading day began, after fees.',
    show: metrics.pnl_daily_usd,
    decimals: 2,
  }),
  drawdownNow: stat({ title: 'Drawdown now', show: metrics.drawdown_pct, decimals: 2 }),
  breaker: stat({
    title: 'Circuit breaker',
    show: metrics.circuit_breaker_active,
    meanings: { 0: { text: 'closed', colour: 'green' }, 1: { text: 'OPEN', colour: 'red' } },
  }),
  sharpe: timeseries({
    title: 'Sharpe ratio',
    description: 'Of the last 30 trading days, annualized.',
    show: metrics.sharpe_ratio,
    emptyMeans: 'fewer than 10 trading days are over',
  }),
  detections: timeseries({
    title: 'Signals detected by strategy, 1 h',
    show: sum(increase(metrics.signals_detected_total, '1h')).by('strategy'),
    colours: strategyColours,
    min: 0,
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  shares: timeseries({
    title: 'Share of signals by strategy, 1 h',
    show: sum(increase(metrics.signals_detected_total, '1h'))
      .by('strategy')
      .on('bot', 'env')
      .group_left()
      .div(detected('1h').gt(0)),
    colours: strategyColours,
    min: 0,
    max: 1,
    stacked: true,
    emptyMeans: 'no signal in an hour',
  }),
  executionRate: timeseries({
    title: 'Execution rate, 1 h',
    description: 'Signals executed, as a share of those detected.',
    show: executed('1h').div(detected('1h').gt(0)),
    min: 0,
    max: 1,
    emptyMeans: 'no signal in an hour',
  }),
}

/** The dashboard that the bot's document recommends: its layout row by row, then the rest of its panels. */
export const overview = dashboard({
  title: 'ArBot',
  description: 'Whether the bot runs and is connected, what it earns, and what becomes of its signals.',
  panels: { ...recommended, ...further },
  rows: {
    'System and exchanges': ['uptime', 'cpu', 'memory', 'connections'],
    'Total PnL': ['pnl'],
    'PnL by day, win rate, drawdown': ['pnlByDay', 'winRate', 'drawdown'],
    'Signals and latency': ['signals', 'latency'],
    Errors: ['errors'],
    'At a glance': ['alerts', 'today', 'drawdownNow', 'breaker'],
    'Strategies and returns': ['sharpe', 'detections', 'shares', 'executionRate'],
  },
})

import { count, dashboard, increase, labelValues, percent, stat, sum, usdt, vector } from '../../language/index.ts'
import { limits } from '../limits.ts'
import { botUp, metrics, pipelineMetrics } from '../series.ts'
import { accountPanels } from './account-panels.ts'
import { exchangePanels } from './exchange-panels.ts'
import { healthPanels } from './health-panels.ts'
import { latency, orderPanels } from './order-panels.ts'

const firing = (severity: 'critical' | 'warning') =>
  count(pipelineMetrics.ALERTS.where({ alertstate: 'firing', severity }))
    .across('bot', 'env')
    .or(vector(0))
const none = { 0: { text: 'none', colour: 'green' } } as const

/** The four figures of the document first, then whether anything is wrong. */
const glance = {
  balance: stat({ title: 'Balance', show: metrics.balance_usdt, decimals: 2 }),
  todayPnl: stat({
    title: 'Today’s PnL',
    description: 'Since the trading day began, without deposits and withdrawals.',
    show: metrics.daily_pnl,
    limits: [{ severity: 'warning', below: usdt(0) }],
    decimals: 2,
  }),
  todayPct: stat({
    title: 'Today’s PnL, percent',
    show: metrics.daily_pnl_pct,
    limits: [
      { severity: 'warning', below: percent(0) },
      { severity: 'critical', below: limits.dailyPnl },
    ],
    decimals: 2,
  }),
  fillsNow: stat({ title: 'Fills, 24 h', show: sum(increase(metrics.orders_total, '24h')), decimals: 0 }),
  latencyNow: stat({
    title: 'Order latency, p95',
    description: 'Over 15 minutes.',
    show: latency(0.95),
    emptyMeans: 'no order was filled in 15 minutes',
    decimals: 1,
  }),
  up: stat({
    title: 'Bot',
    description: 'Whether the bot answered the last scrape.',
    show: botUp,
    meanings: { 0: { text: 'DOWN', colour: 'red' }, 1: { text: 'up', colour: 'green' } },
  }),
  alerts: stat({
    title: 'Alerts firing',
    show: { critical: firing('critical'), warning: firing('warning') },
    meanings: none,
    limits: { critical: [{ severity: 'critical', atLeast: 1 }], warning: [{ severity: 'warning', atLeast: 1 }] },
  }),
}

/** Trading Bot Monitor: the four figures of the document first, then what they depend on. */
export const monitor = dashboard({
  title: 'Trading Bot Monitor',
  description: 'What the account is worth, how orders are filled, and whether exchange and bot work.',
  variables: { symbol: labelValues(metrics.orders_total, 'symbol', 'Symbol') },
  panels: { ...glance, ...accountPanels, ...orderPanels, ...exchangePanels, ...healthPanels },
  rows: {
    'At a glance': ['balance', 'todayPnl', 'todayPct', 'fillsNow', 'latencyNow', 'up', 'alerts'],
    Account: [
      'balanceCurve',
      'drawdown',
      'today',
      'unrealized',
      'exposure',
      'positions',
      'unprotected',
      'differences',
      'readAges',
      'reconciliationAge',
      'transfers',
    ],
    Orders: [
      'latency',
      'slippage',
      'slippageDistribution',
      'fills',
      'flow',
      'failed',
      'openOrders',
      'unresolvedAge',
      'sinceFill',
    ],
    Exchange: ['apiErrors', 'apiErrorsMinute', 'apiCalls', 'apiErrorShare', 'apiKey', 'banLeft'],
    Health: ['heartbeat', 'uptime', 'restarts', 'restartsLeft', 'watchdogRestarts', 'notKept', 'disk', 'ruleFailures'],
  },
})

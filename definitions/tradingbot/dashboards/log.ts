import { dashboard, labelValues, lines, logs, timeseries } from '../../language/index.ts'
import { events } from '../log-events.ts'
import { metrics } from '../series.ts'
import { eventColours, kindColours, quantileColours, reasonColours, symbolColours } from './colours.ts'
import { latency } from './order-panels.ts'

const { order_placed, order_filled, order_failed, position_opened, position_closed } = events
const { signal_generated, risk_alert, api_error, balance_update, heartbeat } = events

/** Trading Bot Log: the ten events of the document, what went wrong by kind, and fills next to their latency. */
export const log = dashboard({
  title: 'Trading Bot Log',
  description: 'What the bot wrote to its log, next to the metrics that it set with the same calls.',
  variables: { symbol: labelValues(metrics.orders_total, 'symbol', 'Symbol') },
  panels: {
    counts: timeseries({
      title: 'Lines by event, 5 minutes',
      description: 'A running bot writes a heartbeat every minute.',
      show: {
        order_placed: lines(order_placed).count('5m'),
        order_filled: lines(order_filled).count('5m'),
        order_failed: lines(order_failed).count('5m'),
        position_opened: lines(position_opened).count('5m'),
        position_closed: lines(position_closed).count('5m'),
        signal_generated: lines(signal_generated).count('5m'),
        risk_alert: lines(risk_alert).count('5m'),
        api_error: lines(api_error).count('5m'),
        balance_update: lines(balance_update).count('5m'),
        heartbeat: lines(heartbeat).count('5m'),
      },
      colours: eventColours,
      bars: true,
      stacked: true,
      decimals: 0,
      emptyMeans: 'no line has reached the store',
    }),
    all: logs({
      title: 'All events',
      events: Object.values(events),
      emptyMeans: 'no line has reached the store',
    }),
    errors: timeseries({
      title: 'API errors by kind, 5 minutes',
      show: lines(api_error).count('5m').by('kind'),
      colours: kindColours,
      bars: true,
      stacked: true,
      decimals: 0,
      emptyMeans: 'no call failed',
    }),
    failures: timeseries({
      title: 'Failed orders by reason, 5 minutes',
      show: lines(order_failed).count('5m').by('reason'),
      colours: reasonColours,
      bars: true,
      stacked: true,
      decimals: 0,
      emptyMeans: 'no order failed',
    }),
    attention: logs({
      title: 'Warnings and errors',
      description: 'API errors, failed orders and exceeded limits.',
      events: [api_error, order_failed, risk_alert],
      level: 'warn',
      emptyMeans: 'nothing went wrong',
    }),
    latency: timeseries({
      title: 'Order latency',
      description: 'From the metrics, over 15 minutes.',
      show: { p50: latency(0.5), p95: latency(0.95), p99: latency(0.99) },
      colours: quantileColours,
      min: 0,
      emptyMeans: 'no order was filled in 15 minutes',
    }),
    slowest: timeseries({
      title: 'Slowest fill by symbol, 5 minutes',
      description: 'From the lines of the log.',
      show: lines(order_filled).max('latency_ms', '5m').by('symbol'),
      colours: symbolColours,
      min: 0,
      emptyMeans: 'no order was filled',
    }),
    fills: logs({ title: 'Fills', events: [order_filled], emptyMeans: 'no order was filled' }),
    closed: logs({
      title: 'Positions',
      events: [position_opened, position_closed],
      emptyMeans: 'no position was opened or closed',
    }),
    signals: logs({ title: 'Signals', events: [signal_generated], emptyMeans: 'the strategies gave no signal' }),
    balances: logs({
      title: 'Balance and heartbeats',
      events: [balance_update, heartbeat],
      emptyMeans: 'no line has reached the store',
    }),
    orders: logs({
      title: 'Last orders',
      description: 'Of the symbol that is chosen at the top.',
      events: [order_placed, order_filled, order_failed],
      emptyMeans: 'the bot sent no such order',
    }),
  },
  rows: {
    Events: ['counts', 'all'],
    'What went wrong': ['errors', 'failures', 'attention'],
    'Fills and their latency': ['latency', 'slowest', 'fills'],
    'Last orders of a symbol': ['orders'],
    'Signals, positions and balance': ['signals', 'closed', 'balances'],
  },
})

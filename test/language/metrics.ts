import { series } from '../../definitions/language/index.ts'
import {
  age,
  bps,
  bytes,
  catalogue,
  coins,
  counter,
  flag,
  gauge,
  histogram,
  info,
  ms,
  oneOf,
  open,
  percent,
  score,
  seconds,
  stateSet,
  timestamp,
  usdt,
} from '../../definitions/language/metrics.ts'

const symbol = open({ max: 50 })
const side = oneOf('buy', 'sell')

/** Metrics of every kind and most units, for the tests of the language. */
export const languageMetrics = catalogue('bot', {
  orders_total: counter({
    help: 'Orders by outcome.',
    labels: { symbol, side, status: oneOf('ack', 'filled', 'rejected') },
  }),
  errors_total: counter({ help: 'Errors.', labels: { component: oneOf('feed', 'engine') } }),
  fees_usdt_total: counter({ help: 'Fees paid.', unit: usdt, labels: { symbol } }),
  busy_seconds_total: counter({ help: 'Time on the processor.', unit: seconds }),
  order_latency_seconds: histogram({ help: 'Order to fill.', unit: seconds, labels: { symbol }, buckets: [0.1, 1, 5] }),
  reply_milliseconds: histogram({ help: 'Reply of the exchange.', unit: ms, labels: { symbol }, buckets: [50, 500] }),
  slippage_bps: histogram({
    help: 'Fill against expected price.',
    unit: bps,
    labels: { symbol, side },
    buckets: [-20, 0, 5, 20],
  }),
  equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt }),
  cash_usdt: gauge({ help: 'Cash.', unit: usdt }),
  drawdown_pct: gauge({ help: 'Fall from the highest equity.', unit: percent, additive: false }),
  notional_usdt: gauge({ help: 'Value of a position.', unit: usdt, labels: { symbol } }),
  position_size: gauge({ help: 'Size of a position.', unit: coins, labels: { symbol }, additive: false }),
  sharpe: gauge({ help: 'Sharpe ratio.', unit: score, labels: { symbol } }),
  queue_depth: gauge({ help: 'Events waiting.' }),
  tick_milliseconds: gauge({ help: 'Time for a tick.', unit: ms, labels: { symbol } }),
  tick_limit_seconds: gauge({ help: 'Time allowed for a tick.', unit: seconds, labels: { symbol } }),
  memory_bytes: gauge({ help: 'Resident memory.', unit: bytes }),
  connected: gauge({ help: 'Whether the feed is connected.', unit: flag, labels: { symbol } }),
  start_timestamp: gauge({ help: 'When the process started.', unit: timestamp }),
  heartbeat_timestamp: gauge({ help: 'When it last beat.', unit: timestamp, labels: { symbol } }),
  last_bar_age_seconds: age({ help: 'Since the last bar.', labels: { symbol } }),
  info: info({ help: 'What runs.', labels: { version: open({ max: 2 }), exchange: oneOf('binance') } }),
  trading_mode: stateSet({ help: 'Mode of trading.', states: ['paper', 'live'] }),
})

export const m = series(languageMetrics)

import {
  abs,
  clamp_min,
  dashboard,
  histogram_quantile,
  increase,
  increaseFromZero,
  labelValues,
  max_over_time,
  rate,
  round,
  stat,
  stateTimeline,
  sum,
  time,
  timeseries,
} from '../../language/index.ts'
import { seconds } from '../../language/metrics.ts'
import { recordingRules } from '../records.ts'
import { metrics } from '../series.ts'
import { exchangeColours, failureColours } from './colours.ts'

const open = { 0: { text: 'CLOSED', colour: 'orange' }, 1: { text: 'open', colour: 'green' } } as const

const connectionPanels = {
  state: stateTimeline({
    title: 'Connections',
    show: metrics.exchange_connected,
    meanings: { 0: { text: 'DISCONNECTED', colour: 'red' }, 1: { text: 'connected', colour: 'green' } },
  }),
  reconnects: timeseries({
    title: 'Reconnects, 5 minutes',
    show: round(
      sum(increaseFromZero(metrics.exchange_reconnects_total, '5m', metrics.start_timestamp)).by(
        'exchange',
        'instance',
      ),
      1,
    ),
    colours: exchangeColours,
    min: 0,
    decimals: 0,
    bars: true,
  }),
  messages: timeseries({
    title: 'WebSocket messages, 1 minute',
    show: increase(metrics.websocket_messages_total, '1m'),
    colours: exchangeColours,
    min: 0,
    decimals: 0,
  }),
  quoteAge: timeseries({
    title: 'Age of the oldest quote in use',
    description: 'By the exchange’s own timestamp, corrected for its clock.',
    show: metrics.quote_age_ms,
    colours: exchangeColours,
    min: 0,
  }),
  staleQuotes: timeseries({
    title: 'Quotes too old to be used, 5 minutes',
    show: sum(increaseFromZero(metrics.stale_quotes_total, '5m', metrics.start_timestamp)).by('exchange'),
    colours: exchangeColours,
    min: 0,
    decimals: 0,
    bars: true,
  }),
  clockOffset: timeseries({
    title: 'Clock offset of the exchange',
    description: 'Its distance from the bot’s own clock, ahead or behind.',
    show: abs(metrics.clock_offset_ms),
    colours: exchangeColours,
    min: 0,
  }),
}

const callPanels = {
  latency: timeseries({
    title: 'Latency of calls, p95',
    description: 'Over five minutes.',
    show: histogram_quantile(0.95, sum(rate(metrics.exchange_latency_ms, '5m')).by('exchange', 'instance')),
    colours: exchangeColours,
    min: 0,
    emptyMeans: 'no call in five minutes',
  }),
  calls: timeseries({
    title: 'Calls, 1 minute',
    show: sum(increase(metrics.exchange_latency_ms.count, '1m')).by('exchange'),
    colours: exchangeColours,
    min: 0,
    decimals: 0,
  }),
  orderLimit: timeseries({
    title: 'Order limit used',
    description: 'The highest share within a minute, of the interval that is used most.',
    show: max_over_time(metrics.order_limit_used.over('1m')),
    colours: exchangeColours,
    min: 0,
    max: 1,
  }),
  apiKeys: stateTimeline({
    title: 'API keys',
    show: metrics.api_key_valid,
    meanings: { 0: { text: 'REJECTED', colour: 'red' }, 1: { text: 'valid', colour: 'green' } },
  }),
  banLeft: stat({
    title: 'Banned for',
    description: 'How long each exchange still bans the bot.',
    show: clamp_min(recordingRules.banned_until_timestamp.series.minus(time()), seconds(0)),
    meanings: { 0: { text: 'not banned', colour: 'green' } },
  }),
}

const legPanels = {
  execution: timeseries({
    title: 'Execution of legs, p95',
    description: 'From sending a leg to its complete fill, over 15 minutes.',
    show: histogram_quantile(0.95, sum(rate(metrics.order_execution_latency_ms, '15m')).by('exchange', 'instance')),
    colours: exchangeColours,
    min: 0,
    emptyMeans: 'no leg was filled in 15 minutes',
  }),
  failures: timeseries({
    title: 'Failed legs by reason, 1 h',
    show: sum(increaseFromZero(metrics.order_failures_total, '1h', metrics.start_timestamp))
      .by('reason')
      .gt(0),
    colours: failureColours,
    emptyMeans: 'no leg failed in an hour',
    decimals: 0,
    bars: true,
    stacked: true,
  }),
  streak: timeseries({
    title: 'Legs that failed in a row',
    show: metrics.consecutive_order_failures,
    colours: exchangeColours,
    min: 0,
    decimals: 0,
  }),
  openLegs: timeseries({
    title: 'Open legs',
    description: 'Sent, and not completely filled.',
    show: metrics.open_legs,
    colours: exchangeColours,
    min: 0,
    decimals: 0,
  }),
}

const transferPanels = {
  deposits: stateTimeline({ title: 'Deposits', show: metrics.deposits_open, meanings: open }),
  withdrawals: stateTimeline({ title: 'Withdrawals', show: metrics.withdrawals_open, meanings: open }),
}

/** How each exchange is connected, answers, fills, and what it allows. */
export const exchanges = dashboard({
  title: 'ArBot Exchanges',
  description: 'How each exchange is connected, answers and fills, and what it allows.',
  variables: { exchange: labelValues(metrics.exchange_connected, 'exchange', 'Exchange') },
  panels: { ...connectionPanels, ...callPanels, ...legPanels, ...transferPanels },
  rows: {
    Connections: ['state', 'reconnects', 'messages', 'quoteAge', 'staleQuotes', 'clockOffset'],
    Calls: ['latency', 'calls', 'orderLimit', 'apiKeys', 'banLeft'],
    Legs: ['execution', 'failures', 'streak', 'openLegs'],
    Transfers: ['deposits', 'withdrawals'],
  },
})

// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import {
  barGauge,
  dashboard,
  gauge,
  heatmap,
  labelValues,
  logs,
  markdown,
  pie,
  rate,
  record,
  records,
  stat,
  sum,
  table,
  timeseries,
} from '../../definitions/language/index.ts'
import { logEvent, logEvents, numberField, oneOf, stringField, usdt } from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

const latency = timeseries({ title: 'x', show: m.tick_milliseconds })
const slippage = timeseries({ title: 'x', show: { BTC: m.tick_milliseconds.where({ symbol: 'BTC' }) } })
const symbol = labelValues(m.orders_total, 'symbol')

export function panels(): void {
  // @ts-expect-error a counter only grows, and restarts at 0: put it under rate(x, "5m") or increase(x, "5m"); .total for the raw number
  timeseries({ title: 'x', show: m.orders_total })
  // @ts-expect-error a counter only grows, and restarts at 0
  stat({ title: 'x', show: { bought: m.orders_total.where({ side: 'buy' }) } })
  // @ts-expect-error query a histogram with histogram_quantile(q, rate(x, "5m"))
  table({ title: 'x', show: m.order_latency_seconds })
  // @ts-expect-error these are buckets: histogram_quantile(q, ...) first, or a heatmap()
  timeseries({ title: 'x', show: rate(m.order_latency_seconds, '5m') })
  // @ts-expect-error this is a window of samples: put it under max_over_time(), avg_over_time() or the like
  pie({ title: 'x', show: m.equity_usdt.over('5m') })
  // @ts-expect-error a heatmap shows the buckets of a histogram: sum(rate(histogram, "5m"))
  heatmap({ title: 'x', show: sum(m.equity_usdt) })
  // @ts-expect-error a panel shows a query: a gauge, rate(counter, "5m"), sum(...) and the like
  barGauge({ title: 'x', show: { a: 5 } })
  // @ts-expect-error Property 'max' is missing in type
  gauge({ title: 'x', show: m.equity_usdt, min: 0 })
  // @ts-expect-error Property 'title' is missing in type
  timeseries({ show: m.equity_usdt })
  // @ts-expect-error 'unit' does not exist in type
  timeseries({ title: 'x', show: m.equity_usdt, unit: usdt })
  // @ts-expect-error 'show' does not exist in type
  markdown({ title: 'x', content: 'x', show: m.equity_usdt })
  // @ts-expect-error Type '"brown"' is not assignable to type 'Colour'
  stat({ title: 'x', show: m.connected, meanings: { 0: { text: 'lost', colour: 'brown' } } })
}

export function boards(): void {
  // @ts-expect-error Type '"slipage"' is not assignable to type '"latency" | "slippage"'. Did you mean '"slippage"'?
  dashboard({ title: 'x', panels: { latency, slippage }, rows: { Speed: ['latency', 'slipage'] } })
  // @ts-expect-error is missing the following properties from type 'AnyPanel'
  dashboard({ title: 'x', panels: { latency: m.tick_milliseconds } })
  // @ts-expect-error is not assignable to type 'Variable'
  dashboard({ title: 'x', panels: { latency }, variables: { symbol: 'symbol' } })
  // @ts-expect-error Type 'Variable' is missing the following properties from type 'AnyPanel'
  dashboard({ title: 'x', panels: { latency, symbol }, variables: { symbol } })
}

export function logLines(): void {
  const events = logEvents({
    order_filled: logEvent({
      help: 'x',
      level: 'info',
      fields: { side: oneOf('buy', 'sell'), price: numberField(usdt) },
    }),
  })
  // @ts-expect-error Property 'order_fild' does not exist on type
  logs({ title: 'x', events: [events.order_fild] })
  // @ts-expect-error Type 'string' is not assignable to type 'LogEvent<Fields>'
  logs({ title: 'x', events: ['order_filled'] })
  // @ts-expect-error Type '"fatal"' is not assignable to type 'LogLevel'
  logEvent({ help: 'x', level: 'fatal', fields: {} })
  // @ts-expect-error Type 'string' is not assignable to type 'Field'
  logEvent({ help: 'x', level: 'info', fields: { symbol: 'string' } })
  // @ts-expect-error Expected 1 arguments, but got 0
  logEvent({ help: 'x', level: 'info', fields: { symbol: stringField, price: numberField() } })
}

export function recordingRules(): void {
  // @ts-expect-error Type 'number' is not assignable to type 'Values<
  record({ help: 'x', of: 5 })
  // @ts-expect-error Property 'help' is missing in type
  record({ of: m.equity_usdt })
  // @ts-expect-error is missing the following properties from type '{ readonly help: string; readonly value: Carries<string, string>; }'
  records('bot', { equity: m.equity_usdt })
}

// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import {
  abs,
  absent,
  absent_over_time,
  avg,
  changes,
  delta,
  deriv,
  histogram_quantile,
  increase,
  increaseFromZero,
  irate,
  max,
  max_over_time,
  not,
  promql,
  quantile,
  rate,
  record,
  resets,
  sum,
  time,
  topk,
  vector,
} from '../../definitions/language/index.ts'
import { usdt } from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

export function counters(): void {
  // @ts-expect-error a counter only grows, and restarts at 0: put it under rate(x, "5m") or increase(x, "5m"); .total for the raw number
  m.orders_total.gt(5)
  // @ts-expect-error a counter only grows, and restarts at 0
  m.errors_total.div(m.orders_total)
  // @ts-expect-error a counter only grows, and restarts at 0
  m.equity_usdt.div(m.fees_usdt_total)
  // @ts-expect-error a counter only grows, and restarts at 0
  m.equity_usdt.gt(m.fees_usdt_total)
  // @ts-expect-error a counter only grows, and restarts at 0
  abs(m.orders_total)
  // @ts-expect-error a counter only grows, and restarts at 0
  record({ help: 'x', of: m.orders_total })
  // @ts-expect-error sum of rates, not of counters: sum(rate(x, "5m"))
  sum(m.orders_total)
  // @ts-expect-error aggregate rates, not counters: max(rate(x, "5m"))
  max(m.orders_total)
  // @ts-expect-error aggregate rates, not counters
  topk(5, m.orders_total)
  // @ts-expect-error this needs a gauge, and the metric is a counter: use rate() or increase()
  deriv(m.orders_total, '5m')
  // @ts-expect-error this needs a gauge, and the metric is a counter
  changes(m.orders_total, '5m')
  // @ts-expect-error this needs a gauge, and the metric is a counter
  delta(m.orders_total, '5m')
}

export function gauges(): void {
  // @ts-expect-error this needs a counter, and the metric is a gauge: use deriv(), delta() or max_over_time()
  rate(m.equity_usdt, '5m')
  // @ts-expect-error this needs a counter, and the metric is a gauge
  increase(m.equity_usdt, '5m')
  // @ts-expect-error this needs a counter of the catalogue
  irate(m.equity_usdt, '5m')
  // @ts-expect-error this needs a counter of the catalogue
  resets(m.equity_usdt, '5m')
  // @ts-expect-error this needs a counter of the catalogue
  increaseFromZero(m.equity_usdt, '5m')
  // @ts-expect-error is not assignable to parameter of type 'Values<TargetLabel, "timestamp">'
  increaseFromZero(m.orders_total, '5m', m.equity_usdt)
  // @ts-expect-error is not assignable to parameter of type 'Values<TargetLabel, "timestamp">'
  increaseFromZero(m.orders_total, '5m', m.heartbeat_timestamp)
  // @ts-expect-error rate first, then sum
  rate(sum(rate(m.orders_total, '5m')), '5m')
  // @ts-expect-error this needs a gauge of the catalogue
  deriv(sum(m.equity_usdt), '5m')
}

export function histograms(): void {
  // @ts-expect-error a quantile is taken over a window: histogram_quantile(q, rate(metric, "5m"))
  histogram_quantile(0.95, m.order_latency_seconds)
  // @ts-expect-error histogram_quantile() needs the buckets of a histogram: rate(histogram, "5m")
  histogram_quantile(0.95, m.equity_usdt)
  // @ts-expect-error histogram_quantile() needs the buckets of a histogram
  histogram_quantile(0.95, rate(m.orders_total, '5m'))
  // @ts-expect-error histogram_quantile() needs the buckets of a histogram
  histogram_quantile(0.95, rate(m.order_latency_seconds.sum, '5m'))
  // @ts-expect-error a histogram with a negative bound has no sum: what is observed may be below zero
  rate(m.slippage_bps.sum, '5m')
  // @ts-expect-error Property 'gt' does not exist on type '"a histogram with a negative bound has no sum
  m.slippage_bps.sum.gt(5)
  // @ts-expect-error is not assignable to parameter of type 'Quantity<"ratio">'
  m.slippage_bps.upTo(5)
  // @ts-expect-error is not assignable to parameter of type 'Quantity<"time">'
  m.order_latency_seconds.upTo(usdt(5))
  // @ts-expect-error these are buckets: histogram_quantile(q, ...) first
  rate(m.order_latency_seconds, '5m').gt(5)
  // @ts-expect-error these are buckets: histogram_quantile(q, ...) first
  abs(rate(m.order_latency_seconds, '5m'))
  // @ts-expect-error these are buckets: histogram_quantile(q, ...) first
  record({ help: 'x', of: sum(rate(m.order_latency_seconds, '5m')) })
  // @ts-expect-error these are buckets: sum() or histogram_quantile(q, ...) first
  avg(rate(m.order_latency_seconds, '5m'))
  // @ts-expect-error these are buckets: sum() or histogram_quantile(q, ...) first
  quantile(0.9, rate(m.order_latency_seconds, '5m'))
  // @ts-expect-error sum of rates, not of counters
  sum(m.order_latency_seconds)
  // @ts-expect-error query a histogram with histogram_quantile(q, rate(x, "5m"))
  abs(m.order_latency_seconds)
  // @ts-expect-error a histogram has no series under its own name: give its .count
  absent(m.order_latency_seconds)
  // @ts-expect-error a histogram has no series under its own name: give its .count
  absent_over_time(m.order_latency_seconds, '5m')
}

export function windowedSeries(): void {
  // @ts-expect-error this is a window of samples: put it under max_over_time(), avg_over_time() or the like
  abs(m.equity_usdt.over('5m'))
  // @ts-expect-error Property 'gt' does not exist on type 'Range<
  m.equity_usdt.over('5m').gt(usdt(5))
  // @ts-expect-error Property 'range' is missing in type 'GaugeSeries<
  max_over_time(m.equity_usdt)
  // @ts-expect-error Property 'offset' does not exist on type 'Aggregation<
  sum(m.equity_usdt).offset('1d')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '5 minutes')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '-5m')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '1.5h')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '0x5m')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '30m1h')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  rate(m.orders_total, '5')
  // @ts-expect-error is not assignable to parameter of type 'Window'
  m.equity_usdt.over('five')
  // @ts-expect-error is not assignable to parameter of type 'Duration'
  m.equity_usdt.offset('-1d')
}

export function scalars(): void {
  // @ts-expect-error this is one number without series: put it under vector(), or on the right of a comparison
  abs(time())
  // @ts-expect-error Property 'gt' does not exist on type 'Scalar<"timestamp">'
  time().gt(5)
  // @ts-expect-error is not assignable to parameter of type 'number | Scalar<string>'
  vector(m.equity_usdt)
  // @ts-expect-error Property 'gt' does not exist on type 'Door'
  promql`topk(5, ${m.notional_usdt})`.gt(usdt(5))
  // @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'string | RegExp'
  not(5)
}

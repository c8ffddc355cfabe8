// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import {
  absent,
  count_values,
  label_join,
  label_replace,
  labelValues,
  max,
  rate,
  record,
  records,
  sum,
  topk,
} from '../../definitions/language/index.ts'
import { items } from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'
import { row, targets } from '../language/row.ts'

const orders = rate(m.orders_total, '5m')
const recorded = records('bot', { notional_usdt: record({ help: 'x', of: sum(m.notional_usdt).by('symbol') }) })

export function selectorMatchers(): void {
  // @ts-expect-error Did you mean to write 'status'?
  m.orders_total.where({ statuz: 'rejected' })
  // @ts-expect-error Did you mean '"rejected"'?
  m.orders_total.where({ status: 'reject' })
  // @ts-expect-error 'strategy' does not exist in type 'Matchers<
  m.equity_usdt.where({ strategy: 'trend' })
  // @ts-expect-error Type '"canceled"' is not assignable to type
  m.orders_total.where({ status: ['rejected', 'canceled'] })
  // @ts-expect-error Type 'number' is not assignable to type 'Ask<string>'
  m.orders_total.where({ symbol: 5 })
  // @ts-expect-error Argument of type '"backtest"' is not assignable to parameter of type '"live" | "paper"'
  m.trading_mode.is('backtest')
  // @ts-expect-error Argument of type '"backtest"' is not assignable to parameter of type '"live" | "paper"'
  m.trading_mode.isNot('backtest')
  // @ts-expect-error query a state set with .is('…'), .isNot('…') or .current, never by its own label
  m.trading_mode.where({ bot_trading_mode: 'live' })
  // @ts-expect-error 'symbol' does not exist in type 'StateMatchers<
  m.trading_mode.where({ symbol: 'BTC' })
  // @ts-expect-error query a state set with .is('…'), .isNot('…') or .current, never by its own label
  absent(m.trading_mode, { bot_trading_mode: 'live' })
  // @ts-expect-error the metric has no such label
  absent(m.orders_total, { symbl: 'BTC' })
  // @ts-expect-error Type '"long"' is not assignable to type 'Ask<"buy" | "sell">
  absent(m.orders_total, { side: 'long' })
  // @ts-expect-error 'side' does not exist in type
  recorded.notional_usdt.series.where({ side: 'buy' })
  // @ts-expect-error Argument of type '"symbl"' is not assignable to parameter of type '"side" | "status" | "symbol"'
  labelValues(m.orders_total, 'symbl')
  // @ts-expect-error Argument of type '"env"' is not assignable to parameter of type '"side" | "status" | "symbol"'
  labelValues(m.orders_total, 'env')
}

export function aggregationLabels(): void {
  // @ts-expect-error Argument of type '"symbl"' is not assignable to parameter of type
  sum(orders).by('symbl')
  // @ts-expect-error Argument of type '"status"' is not assignable to parameter of type '"bot" | "env" | "symbol"'
  max(sum(orders).by('symbol')).by('status')
  // @ts-expect-error Argument of type '"env"' is not assignable to parameter of type
  sum(orders).without('env')
  // @ts-expect-error Argument of type '"symbol"' is not assignable to parameter of type '"bot" | "env"'
  sum(orders).across('symbol')
  // @ts-expect-error Property 'by' does not exist on type 'Vector<
  sum(orders).by('symbol').by('side')
  // @ts-expect-error Property 'by' does not exist on type 'Vector<
  orders.by('symbol')
  // @ts-expect-error Argument of type '"le"' is not assignable to parameter of type
  sum(rate(m.order_latency_seconds, '5m')).by('le')
  // @ts-expect-error Argument of type '"side"' is not assignable to parameter of type
  topk(5, m.notional_usdt).by('side')
  // @ts-expect-error Argument of type '"side"' is not assignable to parameter of type
  label_replace(m.notional_usdt, 'coin', '$1', 'side', /(.*)/)
  // @ts-expect-error Argument of type '"side"' is not assignable to parameter of type
  label_join(m.notional_usdt, 'where', '/', 'env', 'side')
  // @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'string'
  count_values(5, m.connected)
}

/** The tables of the builder's tests check the types too. */
export function tables(): void {
  // @ts-expect-error missing: "status"
  row(m.orders_total.total, '', ['symbol', 'side', ...targets], items)
  // @ts-expect-error tooMany: "symbol"
  row(m.queue_depth, '', ['symbol', ...targets], items)
  // @ts-expect-error Type '"count"' is not assignable to type '"usdt"'
  row(m.equity_usdt, '', targets, items)
}

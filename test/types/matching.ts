// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.

import type { Vector } from '../../definitions/language/index.ts'
import { increase, rate, sum } from '../../definitions/language/index.ts'
import { usdt } from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

const orders = rate(m.orders_total, '5m')
const bySymbol = sum(orders).by('symbol')
const byStatus = sum(orders).by('status')

/** A user's own function over any label set. */
export const shareOf = <L extends string>(part: Vector<L, 'count'>, whole: Vector<L, 'count'>) => part.div(whole)

export function differentLabels(): void {
  // @ts-expect-error the two sides have different labels: sum both .by() the same ones, or match with .on()
  bySymbol.div(byStatus)
  // @ts-expect-error { only_left: "symbol"; only_right: "status"; }
  bySymbol.div(byStatus)
  // @ts-expect-error the two sides have different labels
  rate(m.orders_total.where({ status: 'rejected' }), '24h').div(sum(rate(m.orders_total, '24h')).by('symbol'))
  // @ts-expect-error the two sides have different labels
  bySymbol.gt(byStatus)
  // @ts-expect-error the two sides have different labels
  bySymbol.minus(sum(orders))
  // @ts-expect-error the two sides have different labels
  bySymbol.and(byStatus)
  // @ts-expect-error the two sides have different labels
  m.equity_usdt.gt(usdt(5)).unless(m.trading_mode.is('live'))
  // @ts-expect-error the two sides have different labels
  m.equity_usdt.gt(usdt(5)).or(sum(m.cash_usdt).gt(usdt(5)))
  // @ts-expect-error Type '"symbol"' is not assignable to type '"bot" | "env"'
  shareOf(sum(increase(m.orders_total, '1h')).by('symbol'), sum(increase(m.orders_total, '1h')))
}

export function onAndIgnoring(): void {
  // @ts-expect-error the right side does not have every label that is matched on
  orders.on('symbol').group_left('version').times(m.info)
  // @ts-expect-error { missing: "symbol"; }
  bySymbol.on('symbol').times(byStatus)
  // @ts-expect-error Argument of type '"version"' is not assignable to parameter of type
  bySymbol.on('version')
  // @ts-expect-error the right side does not have every label that is matched on
  m.notional_usdt.on('bot', 'env', 'instance').group_left('commit').times(m.info)
  // @ts-expect-error the right side does not have every label that is matched on
  m.notional_usdt.ignoring('instance').times(m.equity_usdt)
  // @ts-expect-error the right side has more labels: name them in .ignoring() too
  m.equity_usdt.ignoring('job').times(m.info)
  // @ts-expect-error { only_right: "exchange"; }
  m.notional_usdt.ignoring('symbol', 'version').group_left('version').times(m.info)
  // @ts-expect-error Argument of type '"version"' is not assignable to parameter of type
  m.equity_usdt.on('bot').group_right('version')
  // @ts-expect-error .on() and .ignoring() match two vectors
  m.equity_usdt.on('bot').gt(usdt(5))
  // @ts-expect-error left is in usdt, right is in bytes
  m.equity_usdt.on('bot', 'env').plus(m.memory_bytes)
  // @ts-expect-error left is in usdt, right is in flag
  m.equity_usdt.on('instance').group_left().gt(m.info)
  // @ts-expect-error Property 'and' does not exist on type 'Grouped<
  m.notional_usdt.on('bot').group_left().and(m.equity_usdt)
}

export function notVectors(): void {
  // @ts-expect-error and, or, unless combine two vectors
  m.equity_usdt.and(5)
  // @ts-expect-error and, or, unless combine two vectors
  m.equity_usdt.gt(usdt(5)).or(m.orders_total)
  // @ts-expect-error Property 'bool' does not exist on type 'Condition<
  m.equity_usdt.gt(usdt(5)).and(m.cash_usdt.gt(usdt(5))).bool
  // @ts-expect-error Property 'bool' does not exist on type 'GaugeSeries<
  m.equity_usdt.bool
}

// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import { clamp_min, rate, round, sum, time } from '../../definitions/language/index.ts'
import {
  bytes,
  gauge,
  items,
  krw,
  ms,
  percent,
  perMinute,
  score,
  seconds,
  usd,
  usdt,
} from '../../definitions/language/metrics.ts'
import { m } from '../language/metrics.ts'

const errors = sum(rate(m.errors_total, '5m'))

export function thresholds(): void {
  // @ts-expect-error this value is in bytes, the threshold in time
  m.memory_bytes.gt(ms(3))
  // @ts-expect-error this value is in usdt, the threshold in krw
  m.equity_usdt.lt(krw(5))
  // @ts-expect-error this value is in usdt, the threshold in usd
  m.equity_usdt.lt(usd(5))
  // @ts-expect-error this value is in usdt, the threshold in ratio
  m.equity_usdt.lt(percent(5))
  // @ts-expect-error this value is in ratio, the threshold in count
  m.drawdown_pct.gt(items(10))
  // @ts-expect-error a bare number beside ratio: say its unit, such as percent(5), ms(500), perMinute(2)
  m.drawdown_pct.gt(10)
  // @ts-expect-error a bare number beside time
  m.tick_milliseconds.gte(500)
  // @ts-expect-error a bare number beside flag
  m.connected.eq(0)
  // @ts-expect-error a bare number beside score
  m.sharpe.lt(1)
  // @ts-expect-error a bare number beside count/s: say its unit
  errors.gt(2)
  // @ts-expect-error this value is in count/s, the threshold in count
  errors.gt(items(2))
  // @ts-expect-error this value is in usdt/s, the threshold in usdt
  rate(m.fees_usdt_total, '5m').gt(usdt(5))
  // @ts-expect-error this value is in usdt, the threshold in usdt/s
  m.equity_usdt.gt(perMinute(usdt(5)))
  // @ts-expect-error this value is in timestamp, the threshold in time
  m.heartbeat_timestamp.lt(seconds(60))
  // @ts-expect-error compare with a quantity or another vector
  m.equity_usdt.gt('5')
}

export function betweenVectors(): void {
  // @ts-expect-error left is in usdt, right is in bytes
  m.equity_usdt.gt(m.memory_bytes)
  // @ts-expect-error left is in usdt, right is in ratio
  m.equity_usdt.minus(m.drawdown_pct)
  // @ts-expect-error left is in count/s, right is in usdt/s
  errors.plus(sum(rate(m.fees_usdt_total, '5m')))
  // @ts-expect-error left is in usdt, right is in timestamp
  m.equity_usdt.lt(time())
  // @ts-expect-error this value is in mixed, the threshold in usdt
  m.notional_usdt.div(m.position_size).gt(usdt(50))
  // @ts-expect-error this value is in mixed, the threshold in usdt
  m.equity_usdt.times(m.cash_usdt).gt(usdt(50))
  // @ts-expect-error multiply and divide by a number or another vector
  m.equity_usdt.times(percent(5))
  // @ts-expect-error multiply and divide by a number or another vector
  m.equity_usdt.div('2')
}

export function elsewhere(): void {
  // @ts-expect-error Argument of type 'number' is not assignable to parameter of type 'Quantity<"usdt">'
  clamp_min(m.equity_usdt, 0)
  // @ts-expect-error Argument of type 'Quantity<"time">' is not assignable to parameter of type 'Quantity<"usdt">'
  round(m.equity_usdt, seconds(1))
  // @ts-expect-error Type 'string' is not assignable to type 'Unit<
  gauge({ help: 'x', unit: 'seconds' })
  // @ts-expect-error Type 'Quantity<"bytes">' is missing the following properties from type 'Unit<
  gauge({ help: 'x', unit: bytes(5) })
  // @ts-expect-error Argument of type 'string' is not assignable to parameter of type 'number'
  score('5')
}

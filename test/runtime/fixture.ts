import {
  age,
  bps,
  catalogue,
  counter,
  gauge,
  histogram,
  info,
  oneOf,
  open,
  seconds,
  stateSet,
  usdt,
} from '../../runtime/metrics.ts'

const symbol = open({ max: 3 })
const side = oneOf('buy', 'sell')

/** One metric of each shape that the runtime supports. */
export const runtimeMetrics = catalogue('tb', {
  bars_total: counter({ help: 'Bars seen.' }),
  orders_total: counter({ help: 'Orders by outcome.', labels: { side, status: oneOf('filled', 'rejected') } }),
  fills_total: counter({ help: 'Fills.', labels: { symbol, side } }),
  fees_usdt_total: counter({ help: 'Fees paid.', unit: usdt }),
  equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt }),
  open_orders: gauge({ help: 'Orders on the book.', labels: { side }, initially: 0 }),
  position_size: gauge({ help: 'Held, in coins.', labels: { symbol, side }, additive: false }),
  loop_age_seconds: age({ help: 'Since the last turn of the loop.' }),
  feed_age_seconds: age({ help: 'Since the last message of a feed.', labels: { symbol } }),
  latency_seconds: histogram({ help: 'Request to fill.', unit: seconds, labels: { side }, buckets: [0.05, 1, 10] }),
  slippage_bps: histogram({ help: 'Positive costs money.', unit: bps, labels: { symbol }, buckets: [-20, 0, 20] }),
  info: info({ help: 'What runs.', labels: { version: open({ max: 2 }), exchange: oneOf('binance', 'bybit') } }),
  trading_mode: stateSet({ help: 'Mode of trading.', states: ['paper', 'live'] }),
})

/** The sample lines of a metric, without comments. */
export const linesOf = (exposition: string, name: string): readonly string[] =>
  exposition.split('\n').filter((line) => new RegExp(`^${name}(_bucket|_sum|_count)?[{ ]`).test(line))

/** An exposition without the metrics about the contract, in either format. */
export const withoutContractLines = (exposition: string): string =>
  exposition.replace(
    /^(# (HELP|TYPE|UNIT) )?[a-z]+_contract(_info|_refused|_overflow|_collector_failures|_never_set|_warming_up|_warm_up_overdue)?(_total)?[{ ].*\n/gm,
    '',
  )

/** A clock for ages that tests set through `ms`. */
export const clock = (start = 0) => {
  const self = { ms: start, now: () => self.ms }
  return self
}

// Compiled, never run: what the compiler lets a bot write. Above each wrong line is the reason.
import { createMetrics, type HandleOf, type Handles, serve } from '../../runtime/index.ts'
import { age, catalogue, counter, gauge, type OpenLabels } from '../../runtime/metrics.ts'
import { runtimeMetrics } from '../runtime/fixture.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(..._: T[]): void => {}

export function rightAndWrong(): void {
  const m = createMetrics(runtimeMetrics)

  // Labels come first, and only if there are any.
  m.bars_total.inc()
  m.bars_total.inc(2)
  m.bars_total.bind().inc()
  m.fills_total.inc({ symbol: 'BTC', side: 'buy' })
  m.fills_total.inc({ symbol: 'BTC', side: 'buy' }, 2)
  m.equity_usdt.collect(() => 1)
  m.position_size.bind({ symbol: 'BTC', side: 'buy' }).collect(() => undefined)
  m.loop_age_seconds.touch()
  m.feed_age_seconds.remove({ symbol: 'BTC' })
  m.trading_mode.set('live')
  m.expect({ symbol: ['BTC'] })
  m.expect({})
  m.expect({ symbol: ['BTC'] }, { without: [m.position_size, feedMetrics] })
  m.expect({ symbol: ['BTC'] }, { only: [m.position_size, m.feed_age_seconds] })
  grouped.expect({ symbol: ['BTC'] }, { only: [feedMetrics] })
  grouped.expect({ symbol: ['BTC'], venue: ['a'] }, { only: [feedMetrics, grouped.orders_total] })
  void serve(m, { port: 0, ready: () => 'not yet' })
  const free: () => void = m.loop_age_seconds.bind().touch
  free()

  // @ts-expect-error labels are required at every call
  m.fills_total.inc()
  // @ts-expect-error an amount is not a set of labels
  m.fills_total.inc(2)
  // @ts-expect-error every label is required: side is missing
  m.fills_total.inc({ symbol: 'BTC' })
  // @ts-expect-error undeclared labels are not allowed
  m.fills_total.inc({ symbol: 'BTC', side: 'buy', strategy: 'trend' })
  // @ts-expect-error a closed label has only the values declared
  m.fills_total.inc({ symbol: 'BTC', side: 'long' })
  // @ts-expect-error a label's value is a string
  m.fills_total.inc({ symbol: 5, side: 'buy' })
  // @ts-expect-error a metric without labels takes none
  m.bars_total.inc({ symbol: 'BTC' })
  // @ts-expect-error an undeclared metric does not exist
  m.bar_total.inc()
  // @ts-expect-error a counter only grows
  m.bars_total.set(5)
  // @ts-expect-error a counter only grows, bound or not
  m.bars_total.bind().dec()
  // @ts-expect-error a gauge is set, not observed
  m.equity_usdt.observe(5)
  // @ts-expect-error a value is a number
  m.equity_usdt.set('5')
  // @ts-expect-error a labelled gauge is set with its labels
  m.position_size.set(5)
  // @ts-expect-error the collect callback of a labelled gauge is set on a bound handle
  m.position_size.collect(() => 5)
  m.equity_usdt.collect(async () => 5)
  // @ts-expect-error a collect callback returns a number or a promise of one
  m.equity_usdt.collect(async () => 'many')
  // @ts-expect-error only the runtime writes the metrics about the contract
  m.contract_info.set({ hash: '1' })
  // @ts-expect-error an age is computed: it is touched, never set
  m.loop_age_seconds.set(0)
  // @ts-expect-error an age has no collect callback either
  m.loop_age_seconds.collect(() => 0)
  // @ts-expect-error an observation needs its value
  m.latency_seconds.observe({ side: 'buy' })
  // @ts-expect-error an info requires all its labels
  m.info.set({ version: '1' })
  // @ts-expect-error a state set accepts only its states
  m.trading_mode.set('backtest')
  // @ts-expect-error only open labels can be expected: side's values are all known
  m.expect({ side: ['buy'] })
  // @ts-expect-error expected values are passed as an array
  m.expect({ symbol: 'BTC' })
  // @ts-expect-error of these metrics, none has the open label: only that of orders
  grouped.expect({ venue: ['a'] }, { only: [feedMetrics] })
  // @ts-expect-error the same for a single metric
  grouped.expect({ symbol: ['BTC'] }, { only: [grouped.orders_total] })
  // @ts-expect-error a metric is given by value, not by its name
  m.expect({ symbol: ['BTC'] }, { only: ['position_size'] })
  // @ts-expect-error a metric without open labels has nothing to expect
  m.expect({}, { only: [m.bars_total] })
  // @ts-expect-error an unlabelled age has nothing to expect either
  m.expect({ symbol: ['BTC'] }, { without: [m.loop_age_seconds] })
  // @ts-expect-error a group is one of this catalogue
  m.expect({ symbol: ['BTC'] }, { without: [{ quotes_total: counter({ help: 'x' }) }] })
  // @ts-expect-error either some metrics, or all without some
  m.expect({ symbol: ['BTC'] }, { only: [m.position_size], without: [m.position_size] })
  const { inc } = m.fills_total.bind({ symbol: 'BTC', side: 'buy' })
  // @ts-expect-error a bound method must be called on its handle
  inc()
  // @ts-expect-error handles cannot be replaced
  m.bars_total = m.fees_usdt_total
  // @ts-expect-error there are two formats
  void m.render('xml')
  // @ts-expect-error there are two modes
  createMetrics(runtimeMetrics, { mode: 'loose' })
  // @ts-expect-error createMetrics reserves this key: call the metric something else
  createMetrics(catalogue('tb', { render: gauge({ help: 'x' }) }))
  // @ts-expect-error the catalogue adds this contract metric itself: call yours something else
  catalogue('tb', { contract_info: gauge({ help: 'x' }) })
}

export function warmUp(): void {
  const m = createMetrics(runtimeMetrics)
  const ready: () => void = m.warmUp({ limit: '1m30s' })
  ready()
  // @ts-expect-error a bot that warms up holds back its alerts, so the limit is 30m at most
  m.warmUp({ limit: '2h' })
  // @ts-expect-error Type '"5 minutes"' is not assignable to type '"5 minutes" & Duration'.
  m.warmUp({ limit: '5 minutes' })
  // @ts-expect-error Property 'limit' is missing in type '{}' but required in type '{ readonly limit: unknown; }'.
  m.warmUp({})
}

const feedMetrics = {
  feed_age_seconds: age({ help: 'x', labels: { symbol: { max: 3 } } }),
}
const orderMetrics = { orders_total: counter({ help: 'x', labels: { venue: { max: 3 } } }) }
const grouped = createMetrics(catalogue('tb', [feedMetrics, orderMetrics]))

const small = catalogue('tb', {
  x_total: counter({ help: 'x' }),
  seen_age_seconds: age({ help: 'x', labels: { symbol: { max: 3 } } }),
})

export function types(): void {
  holds<Same<OpenLabels<typeof runtimeMetrics>, 'symbol' | 'version'>>()
  holds<Same<keyof Handles<typeof small>, 'x_total' | 'seen_age_seconds'>>()
  holds<Same<Parameters<HandleOf<(typeof small)['x_total']>['inc']>, [by?: number]>>()
  holds<
    Same<Parameters<HandleOf<(typeof small)['seen_age_seconds']>['touch']>, [labels: { readonly symbol: string }]>
  >()
  // A component of a bot can take just the handles that it writes.
  const part = (m: Pick<Handles<typeof runtimeMetrics>, 'fees_usdt_total'>): void => m.fees_usdt_total.inc(1)
  part(createMetrics(runtimeMetrics))
}

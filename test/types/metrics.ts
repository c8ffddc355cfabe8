// Compiled, never run. Above each wrong line is a sentence that the compiler's message must contain.
import { series } from '../../definitions/language/index.ts'
import {
  age,
  catalogue,
  counter,
  gauge,
  histogram,
  info,
  oneOf,
  open,
  seconds,
  stateSet,
} from '../../definitions/language/metrics.ts'

export function names(): void {
  // @ts-expect-error the name of a counter ends in _total
  catalogue('bot', { fills: counter({ help: 'x' }) })
  // @ts-expect-error Property 'help' is missing in type
  counter({})
  // @ts-expect-error is not assignable to type 'AnyDeclaration'
  catalogue('bot', { fills: 5 })
}

const orders = { orders_total: counter({ help: 'x' }), errors_total: counter({ help: 'x' }) }
const fills = { fills_total: counter({ help: 'x' }), fee_usdt: gauge({ help: 'x' }) }
const feed = { errors_total: gauge({ help: 'x' }) }

export function layers(): void {
  // @ts-expect-error another layer declares a metric with this name: rename or remove one of them
  catalogue('bot', [orders, fills, feed])
  // @ts-expect-error another layer declares a metric with this name: rename or remove one of them
  catalogue('bot', [orders, { orders_total: counter({ help: 'x' }) }])
  // @ts-expect-error another layer declares a metric with this name: rename or remove one of them
  catalogue('bot', [orders, fills, orders])
  // @ts-expect-error the name of a counter ends in _total
  catalogue('bot', [orders, { ticks: counter({ help: 'x' }) }])
  // @ts-expect-error not assignable to parameter of type '(Layer | readonly Layer[])
  catalogue('bot', 5)
  // @ts-expect-error is not assignable to type 'AnyDeclaration'
  catalogue('bot', [orders, { x: 5 }])
  const made = catalogue('bot', [orders, fills, { mode: stateSet({ help: 'x', states: ['live', 'paper'] }) }])
  series(made).mode.is('live')
  // @ts-expect-error Property 'nothing' does not exist
  made.nothing
}

export function labels(): void {
  // @ts-expect-error Prometheus sets this label itself: choose another name
  counter({ help: 'x', labels: { job: oneOf('a') } })
  // @ts-expect-error Prometheus sets this label itself: choose another name
  gauge({ help: 'x', labels: { instance: open({ max: 5 }) } })
  // @ts-expect-error Prometheus sets this label itself: choose another name
  histogram({ help: 'x', labels: { le: oneOf('a') }, buckets: [1] })
  // @ts-expect-error Prometheus sets this label itself: choose another name
  info({ help: 'x', labels: { env: oneOf('a') } })
  // @ts-expect-error Prometheus sets this label itself: choose another name
  age({ help: 'x', labels: { bot: oneOf('a') } })
  // @ts-expect-error Expected 1 arguments, but got 0
  open()
  // @ts-expect-error Property 'max' is missing in type '{}'
  open({})
  // @ts-expect-error Argument of type '5' is not assignable to parameter of type '"1m"'
  oneOf('1m', 5)
}

export function metricKinds(): void {
  // @ts-expect-error Source has 0 element(s) but target requires 1
  histogram({ help: 'x', buckets: [] })
  // @ts-expect-error Property 'buckets' is missing in type
  histogram({ help: 'x' })
  // @ts-expect-error 'buckets' does not exist in type
  gauge({ help: 'x', buckets: [1] })
  // @ts-expect-error 'unit' does not exist in type
  age({ help: 'x', unit: seconds })
  // @ts-expect-error Property 'labels' is missing in type
  info({ help: 'x' })
  // @ts-expect-error Property 'states' is missing in type
  stateSet({ help: 'x' })
  // @ts-expect-error 'labels' does not exist in type
  stateSet({ help: 'x', states: ['live'], labels: { symbol: open({ max: 5 }) } })
  // @ts-expect-error Type 'true' is not assignable to type 'false'
  gauge({ help: 'x', additive: true })
  // @ts-expect-error 'initially' does not exist in type
  counter({ help: 'x', initially: 0 })
  gauge({ help: 'x', expiresAfter: '1m' })
  // @ts-expect-error 'expiresAfter' does not exist in type
  counter({ help: 'x', expiresAfter: '1m' })
  // @ts-expect-error 'expiresAfter' does not exist in type
  age({ help: 'x', expiresAfter: '1m' })
  // @ts-expect-error Type '"1 minute"' is not assignable to type
  gauge({ help: 'x', expiresAfter: '1 minute' })
}

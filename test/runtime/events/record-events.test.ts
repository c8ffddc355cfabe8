import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { createEventQueue, recordEvents } from '../../../runtime/events/index.ts'
import { createMetrics } from '../../../runtime/index.ts'
import { catalogue, counter, gauge, oneOf, usdt } from '../../../runtime/metrics.ts'
import { declaredSamples } from './samples.ts'

const side = oneOf('buy', 'sell')
const declared = catalogue('own', {
  fills_total: counter({ help: 'Fills.', labels: { side } }),
  balance_usdt: gauge({ help: 'Balance.', unit: usdt }),
  handler_errors_total: counter({ help: 'Errors of handlers.' }),
})
interface Fill {
  readonly side: 'buy' | 'sell'
}

test('events of an emitter update metrics, with all their arguments, until the recording ends', async () => {
  const metrics = createMetrics(declared)
  const bot = new EventEmitter<{ fill: [fill: Fill]; balance: [usdt: number, at: number] }>()
  const told: string[] = []
  bot.on('fill', (fill) => told.push(fill.side))
  const end = recordEvents(bot, {
    fill: (fill) => metrics.fills_total.inc({ side: fill.side }),
    balance: (amount, at) => metrics.balance_usdt.set(amount + at),
  })
  bot.emit('fill', { side: 'buy' })
  bot.emit('balance', 100, 0.5)
  end()
  bot.emit('fill', { side: 'buy' })
  assert.deepEqual(await declaredSamples(metrics), [
    'own_fills_total{side="buy"} 1',
    'own_fills_total{side="sell"} 0',
    'own_balance_usdt 100.5',
    'own_handler_errors_total 0',
  ])
  assert.deepEqual(told, ['buy', 'buy'])
  assert.equal(bot.listenerCount('fill'), 1)
})

test('an update that throws is counted and does not affect the emitting bot or its other listeners', async () => {
  const metrics = createMetrics(declared, { mode: 'strict' })
  const bot = new EventEmitter<{ fill: [fill: Fill] }>()
  const errors: string[] = []
  recordEvents(
    bot,
    { fill: (fill) => metrics.fills_total.inc(fill) },
    { handlerErrors: metrics.handler_errors_total, onError: (error, type) => errors.push(`${type}: ${error}`) },
  )
  const told: string[] = []
  bot.on('fill', (fill) => told.push(fill.side))
  bot.emit('fill', { side: 'short' as 'sell' })
  bot.emit('fill', { side: 'sell' })
  assert.deepEqual(told, ['short', 'sell'])
  assert.deepEqual(await declaredSamples(metrics), [
    'own_fills_total{side="buy"} 0',
    'own_fills_total{side="sell"} 1',
    'own_handler_errors_total 1',
  ])
  assert.match(errors[0] ?? '', /^fill: Error: own_fills_total\.inc: label 'side' is 'short'/)
})

test('an EventTarget and an event queue work too', async () => {
  const metrics = createMetrics(declared)
  const target = new EventTarget()
  const end = recordEvents<{ fill: CustomEvent<Fill> }>(target, {
    fill: ({ detail }) => metrics.fills_total.inc({ side: detail.side }),
  })
  target.dispatchEvent(new CustomEvent('fill', { detail: { side: 'sell' } }))
  end()
  target.dispatchEvent(new CustomEvent('fill', { detail: { side: 'sell' } }))

  const queue = createEventQueue<{ fill: Fill; balance: number }>({ capacity: 10, automatic: false })
  const endToo = recordEvents(queue, {
    fill: (fill) => metrics.fills_total.inc({ side: fill.side }),
    balance: (amount) => metrics.balance_usdt.set(amount),
  })
  queue.publish('fill', { side: 'sell' })
  queue.publish('balance', 7)
  queue.dispatch()
  endToo()
  queue.publish('balance', 8)
  queue.dispatch()
  assert.deepEqual(await declaredSamples(metrics), [
    'own_fills_total{side="buy"} 0',
    'own_fills_total{side="sell"} 2',
    'own_balance_usdt 7',
    'own_handler_errors_total 0',
  ])
})

test('an event type or field that the source does not have does not compile', () => {
  const bot = new EventEmitter<{ fill: [fill: Fill] }>()
  // @ts-expect-error there is no event 'fil'
  recordEvents(bot, { fil: () => {} })
  // @ts-expect-error a fill has no price
  recordEvents(bot, { fill: (fill) => fill.price })
  const queue = createEventQueue<{ fill: Fill }>({ capacity: 10 })
  // @ts-expect-error there is no event 'fil'
  recordEvents(queue, { fil: () => {} })
  assert.equal(bot.listenerCount('fill'), 1)
})

test('a source without events and an update that is not a function are refused', () => {
  assert.throws(() => recordEvents({} as EventEmitter, { fill: () => {} }), {
    message:
      'recordEvents: the source emits no events: expected the return value of createEventQueue(…), an EventEmitter or an EventTarget',
  })
  assert.throws(() => recordEvents(new EventEmitter(), { fill: 1 as never }), {
    message: "recordEvents: the update of 'fill' is not a function: write fill: (event) => metrics.….inc(…)",
  })
})

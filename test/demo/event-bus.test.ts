import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BusEvent, createEventBus } from '../../demo/mcbot/outside/event-bus.ts'

function busOf(capacity: number) {
  const told = { dropped: 0, failed: 0 }
  const bus = createEventBus(capacity, {
    dropped: () => {
      told.dropped += 1
    },
    failed: () => {
      told.failed += 1
    },
  })
  const handed: number[] = []
  const take = (leave?: number) => bus.dispatch(({ amount }) => handed.push(amount), leave)
  return { bus, told, handed, take }
}
const tick = (amount: number): BusEvent => ({ kind: 'tick', droppable: true, amount })
const fill = (amount: number): BusEvent => ({ kind: 'fill', droppable: false, amount })

test('events are handed over in the order in which they came', () => {
  const { bus, handed, take } = busOf(10)
  for (const amount of [1, 2, 3]) bus.publish(tick(amount))
  take()
  assert.deepEqual(handed, [1, 2, 3])
  assert.equal(bus.depth(), 0)
})

test('a full bus throws away a new tick, and gives the place of the oldest tick to a fill', () => {
  const { bus, told, handed, take } = busOf(3)
  for (const event of [fill(1), tick(2), tick(3), tick(4), fill(5)]) bus.publish(event)
  assert.equal(bus.depth(), 3)
  take()
  assert.deepEqual(handed, [1, 3, 5])
  assert.equal(told.dropped, 2)
})

test('a fill is never thrown away, even by a bus that is full of fills', () => {
  const { bus, told, handed, take } = busOf(2)
  for (const amount of [1, 2, 3]) bus.publish(fill(amount))
  take()
  assert.deepEqual(handed, [1, 2, 3])
  assert.equal(told.dropped, 0)
})

test('a slow handler leaves the newest waiting', () => {
  const { bus, handed, take } = busOf(10)
  for (const amount of [1, 2, 3, 4]) bus.publish(tick(amount))
  take(3)
  assert.deepEqual(handed, [1])
  assert.equal(bus.depth(), 3)
  take()
  assert.deepEqual(handed, [1, 2, 3, 4])
})

test('a handler that throws is counted and stops no other event', () => {
  const { bus, told } = busOf(10)
  bus.publish(tick(1))
  bus.publish(fill(2))
  const handed: number[] = []
  bus.dispatch(({ kind, amount }) => {
    if (kind === 'tick') throw new Error('no')
    handed.push(amount)
  })
  assert.deepEqual(handed, [2])
  assert.equal(told.failed, 1)
})

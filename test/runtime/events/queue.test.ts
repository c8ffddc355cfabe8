import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { createEventQueue } from '../../../runtime/events/index.ts'
import { createMetrics } from '../../../runtime/index.ts'
import { catalogue, counter, gauge } from '../../../runtime/metrics.ts'
import { declaredSamples } from './samples.ts'

interface Events {
  readonly tick: number
  readonly fill: number
}
const declared = catalogue('own', {
  queue_depth: gauge({ help: 'Events waiting.' }),
  queue_capacity: gauge({ help: 'Events that the queue can hold.' }),
  dropped_total: counter({ help: 'Events dropped.' }),
  handler_errors_total: counter({ help: 'Errors of handlers.' }),
})

function queueOf(capacity: number, automatic = false) {
  const metrics = createMetrics(declared)
  const errors: unknown[] = []
  const queue = createEventQueue<Events>({
    capacity,
    droppable: ['tick'],
    automatic,
    figures: {
      depth: metrics.queue_depth,
      capacity: metrics.queue_capacity,
      dropped: metrics.dropped_total,
      handlerErrors: metrics.handler_errors_total,
      onError: (error, type) => errors.push(`${type}: ${(error as Error).message}`),
    },
  })
  const handed: string[] = []
  queue.on('tick', (n) => handed.push(`tick ${n}`))
  queue.on('fill', (n) => handed.push(`fill ${n}`))
  const samples = () => declaredSamples(metrics)
  return { queue, handed, errors, samples }
}

test('events are delivered in the order they were published', () => {
  const { queue, handed } = queueOf(10)
  for (const n of [1, 2, 3]) queue.publish(n === 2 ? 'fill' : 'tick', n)
  assert.equal(queue.depth(), 3)
  queue.dispatch()
  assert.deepEqual(handed, ['tick 1', 'fill 2', 'tick 3'])
  assert.equal(queue.depth(), 0)
})

test('a full queue drops a new tick, and drops the oldest tick to make room for a fill', async () => {
  const { queue, handed, samples } = queueOf(3)
  assert.deepEqual(
    [
      queue.publish('fill', 1),
      queue.publish('tick', 2),
      queue.publish('tick', 3),
      queue.publish('tick', 4),
      queue.publish('fill', 5),
    ],
    [true, true, true, false, true],
  )
  assert.deepEqual(await samples(), [
    'own_queue_depth 3',
    'own_queue_capacity 3',
    'own_dropped_total 2',
    'own_handler_errors_total 0',
  ])
  queue.dispatch()
  assert.deepEqual(handed, ['fill 1', 'tick 3', 'fill 5'])
})

test('a fill is never dropped, even by a queue full of fills', async () => {
  const { queue, handed, samples } = queueOf(2)
  for (const n of [1, 2, 3]) queue.publish('fill', n)
  assert.equal((await samples())[0], 'own_queue_depth 3')
  queue.dispatch()
  assert.deepEqual(handed, ['fill 1', 'fill 2', 'fill 3'])
})

test('dispatching frees room, whatever was dropped before', () => {
  const { queue, handed } = queueOf(2)
  for (let round = 0; round < 3; round++) {
    for (const n of [1, 2, 3]) queue.publish('tick', 10 * round + n)
    queue.publish('fill', round)
    queue.dispatch()
  }
  assert.deepEqual(handed, ['tick 2', 'fill 0', 'tick 12', 'fill 1', 'tick 22', 'fill 2'])
})

test('dispatch(leave) leaves the newest events waiting', () => {
  const { queue, handed } = queueOf(10)
  for (const n of [1, 2, 3, 4]) queue.publish('tick', n)
  queue.dispatch(3)
  assert.deepEqual(handed, ['tick 1'])
  queue.dispatch()
  assert.deepEqual(handed, ['tick 1', 'tick 2', 'tick 3', 'tick 4'])
})

test('a handler that throws or rejects is counted and does not stop other handlers or events', async () => {
  const { queue, handed, errors, samples } = queueOf(10)
  queue.on('tick', () => {
    throw new Error('at once')
  })
  queue.on('tick', async () => {
    throw new Error('later')
  })
  queue.on('tick', (n) => handed.push(`again ${n}`))
  queue.publish('tick', 1)
  queue.publish('fill', 2)
  queue.dispatch()
  assert.deepEqual(handed, ['tick 1', 'again 1', 'fill 2'])
  await new Promise(setImmediate)
  assert.deepEqual(errors, ['tick: at once', 'tick: later'])
  assert.equal((await samples())[3], 'own_handler_errors_total 2')
})

test('an error callback that throws does not stop anything either', () => {
  const queue = createEventQueue<Events>({
    capacity: 5,
    automatic: false,
    figures: {
      onError: () => {
        throw new Error('the log is full')
      },
      handlerErrors: {
        inc: () => {
          throw new Error('refused')
        },
      },
    },
  })
  const handed: number[] = []
  queue.on('fill', () => {
    throw new Error('no')
  })
  queue.on('fill', (n) => handed.push(n))
  queue.publish('fill', 1)
  queue.dispatch()
  assert.deepEqual(handed, [1])
})

test('a removed handler receives no more events; the others still do', () => {
  const { queue, handed } = queueOf(10)
  const twice = (n: number) => handed.push(`twice ${n}`)
  const end = queue.on('fill', twice)
  queue.on('fill', twice)
  end()
  queue.publish('fill', 1)
  queue.dispatch()
  assert.deepEqual(handed, ['fill 1', 'twice 1'])
})

test('a handler that publishes and dispatches finishes before its own events are delivered', () => {
  const { queue, handed } = queueOf(10)
  queue.on('tick', (n) => {
    if (n < 3) queue.publish('tick', n + 1)
    queue.dispatch()
    handed.push(`ended ${n}`)
  })
  queue.publish('tick', 1)
  queue.dispatch()
  assert.deepEqual(handed, ['tick 1', 'ended 1', 'tick 2', 'ended 2', 'tick 3', 'ended 3'])
})

test('by default events are delivered from the event loop, in slices with turns for timers in between', async () => {
  const { queue, handed } = queueOf(100_000, true)
  for (let n = 0; n < 2000; n++) queue.publish('tick', n)
  assert.deepEqual(handed, [])
  let seen = 0
  const turned = new Promise<void>((resolve) => {
    const look = () => {
      seen = handed.length
      resolve()
    }
    setTimeout(look, 0)
  })
  await turned
  const emitter = new EventTarget()
  queue.on('fill', () => emitter.dispatchEvent(new Event('last')))
  queue.publish('fill', 0)
  await once(emitter, 'last')
  assert.ok(seen < 2000, `${seen} events before a timer had its turn`)
  assert.equal(handed.length, 2001)
  assert.equal(queue.depth(), 0)
})

test('an invalid capacity is refused', () => {
  for (const capacity of [0, -1, 1.5, Number.NaN])
    assert.throws(() => createEventQueue({ capacity }), {
      message: `createEventQueue: the capacity is ${capacity}, expected a whole number of at least 1`,
    })
})

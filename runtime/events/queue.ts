import { type EventFigures, quietly, runHandler } from './figures.ts'

export interface EventQueueOptions<E> {
  /** Events that may wait, a whole number of at least 1. */
  readonly capacity: number
  /** Types whose events a full queue may drop; without it nothing is dropped, and the queue grows. */
  readonly droppable?: readonly (keyof E & string)[]
  /** Whether events are delivered from the event loop on their own; default true. If false, only `dispatch` delivers them. */
  readonly automatic?: boolean
  readonly figures?: EventFigures
}

/** A queue between publishers and handlers; a failing handler affects neither. */
export interface EventQueue<E> {
  /** Queues an event; returns false if the event was dropped. */
  readonly publish: <K extends keyof E & string>(type: K, event: E[K]) => boolean
  /** Adds a handler; handlers of a type run in the order they were added. The returned function removes it. */
  readonly on: <K extends keyof E & string>(type: K, handle: (event: E[K]) => unknown) => () => void
  /** Delivers events, oldest first, until at most `leave` are waiting; default 0. */
  readonly dispatch: (leave?: number) => void
  readonly depth: () => number
}

/** Events delivered before the event loop gets a turn. */
const slice = 256

interface Waiting {
  readonly type: string
  readonly event: unknown
  readonly droppable: boolean
}

/**
 * Creates an event queue. A full queue drops droppable events only: the new one, or the oldest waiting one to make room. An
 * event that must not be dropped is accepted even if nothing can be dropped for it.
 */
export function createEventQueue<E extends object>(options: EventQueueOptions<E>): EventQueue<E> {
  const { capacity, automatic = true, figures = {} } = options
  if (!Number.isSafeInteger(capacity) || capacity < 1)
    throw new RangeError(`createEventQueue: the capacity is ${capacity}, expected a whole number of at least 1`)
  const droppableTypes = new Set<string>(options.droppable ?? [])
  const handlers = new Map<string, readonly ((event: never) => unknown)[]>()
  let queue: Waiting[] = []
  let first = 0
  let droppables = 0
  let scheduled = false
  let dispatching = false
  const depth = () => queue.length - first
  const dropped = () => quietly(() => figures.dropped?.inc())

  /** Whether an event could be dropped. */
  const dropOldest = (): boolean => {
    if (droppables === 0) return false
    const victim = queue.findIndex(({ droppable }, at) => at >= first && droppable)
    queue.splice(victim, 1)
    droppables -= 1
    dropped()
    return true
  }
  const handOver = (most: number, leave: number): void => {
    // A handler that calls dispatch would otherwise deliver later events before its own has been handled.
    if (dispatching) return
    dispatching = true
    for (let i = 0; i < most && depth() > leave; i++) {
      const { type, event, droppable } = queue[first++] as Waiting
      if (droppable) droppables -= 1
      for (const handle of handlers.get(type) ?? []) runHandler(figures, type, () => handle(event as never))
    }
    dispatching = false
    queue = queue.slice(first)
    first = 0
  }
  const schedule = (): void => {
    if (!automatic || scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      handOver(slice, 0)
      if (depth() > 0) schedule()
    })
  }
  quietly(() => figures.capacity?.set(capacity))
  quietly(() => figures.depth?.collect(depth))
  return Object.freeze({
    publish: (type: string, event: unknown) => {
      const droppable = droppableTypes.has(type)
      if (depth() >= capacity) {
        if (droppable) {
          dropped()
          return false
        }
        dropOldest()
      }
      queue.push({ type, event, droppable })
      if (droppable) droppables += 1
      schedule()
      return true
    },
    on: (type: string, handle: (event: never) => unknown) => {
      // A new function each time, so that removing a handler that was added twice removes only one.
      const own = (event: never) => handle(event)
      handlers.set(type, [...(handlers.get(type) ?? []), own])
      return () => {
        handlers.set(
          type,
          (handlers.get(type) ?? []).filter((other) => other !== own),
        )
      }
    },
    dispatch: (leave = 0) => handOver(Number.POSITIVE_INFINITY, leave),
    depth,
  }) as EventQueue<E>
}

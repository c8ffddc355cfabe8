import { type EventFigures, handled, quietly } from './figures.ts'

export interface EventQueueOptions<E> {
  /** Events that may wait. */
  readonly capacity: number
  /** Types of which a full queue may throw events away; without it none is, and the queue grows. */
  readonly droppable?: readonly (keyof E & string)[]
  /** False where only `dispatch` hands events over; without it they are, as soon as the event loop gets round to it. */
  readonly automatic?: boolean
  readonly figures?: EventFigures
}

/** A queue between those who tell what happened and those who listen; a handler that fails stops neither. */
export interface EventQueue<E> {
  /** False where the event was thrown away at once. */
  readonly publish: <K extends keyof E & string>(type: K, event: E[K]) => boolean
  /** Handlers of a type run in the order in which they came; ends with the function that is returned. */
  readonly on: <K extends keyof E & string>(type: K, handle: (event: E[K]) => unknown) => () => void
  /** Hands events over, oldest first, until no more than `leave` wait. */
  readonly dispatch: (leave?: number) => void
  readonly depth: () => number
}

/** Events after which the bot gets its turn. */
const slice = 256

interface Waiting {
  readonly type: string
  readonly event: unknown
  readonly droppable: boolean
}

/**
 * A full queue drops the droppable: the new event, or else the oldest that waits. An event that may not be dropped is taken
 * even where nothing gives way.
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

  /** Whether anything gave way. */
  const dropOldest = (): boolean => {
    if (droppables === 0) return false
    const victim = queue.findIndex(({ droppable }, at) => at >= first && droppable)
    queue.splice(victim, 1)
    droppables -= 1
    dropped()
    return true
  }
  const handOver = (most: number, leave: number): void => {
    // A handler that dispatches would hand over what comes after its own event, before it has ended.
    if (dispatching) return
    dispatching = true
    for (let i = 0; i < most && depth() > leave; i++) {
      const { type, event, droppable } = queue[first++] as Waiting
      if (droppable) droppables -= 1
      for (const handle of handlers.get(type) ?? []) handled(figures, type, () => handle(event as never))
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
      // Another function each time, so that one that listens twice ends by itself.
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

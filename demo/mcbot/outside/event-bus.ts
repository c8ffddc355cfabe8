export interface BusEvent {
  readonly kind: 'tick' | 'bar' | 'signal' | 'order' | 'fill' | 'day'
  /** Whether the bus may throw it away when it is full. */
  readonly droppable: boolean
  /** What a handler looks at: an amount of USDT of a fill, a return of a day. */
  readonly amount: number
}

/** A queue with room for so many events, and what happened to them. */
export interface EventBus {
  readonly publish: (event: BusEvent) => void
  /** Hands over events, oldest first, until no more than `leave` wait. */
  readonly dispatch: (handle: (event: BusEvent) => void, leave?: number) => void
  readonly depth: () => number
}

/**
 * A full bus drops the droppable: the new event, or else the oldest that waits. An event that may not be dropped is taken
 * even where nothing gives way.
 */
export function createEventBus(
  capacity: number,
  on: { readonly dropped: () => void; readonly failed: (error: unknown) => void },
): EventBus {
  let queue: BusEvent[] = []
  let first = 0
  const depth = () => queue.length - first
  return Object.freeze({
    publish: (event: BusEvent) => {
      if (depth() >= capacity) {
        if (event.droppable) return on.dropped()
        const victim = queue.findIndex(({ droppable }, at) => at >= first && droppable)
        if (victim >= 0) {
          queue.splice(victim, 1)
          on.dropped()
        }
      }
      queue.push(event)
    },
    dispatch: (handle: (event: BusEvent) => void, leave = 0) => {
      while (depth() > leave) {
        const event = queue[first++] as BusEvent
        try {
          handle(event)
        } catch (error) {
          on.failed(error)
        }
      }
      queue = queue.slice(first)
      first = 0
    },
    depth,
  })
}

import { pause } from './clock.ts'
import { knownAt, type Message } from './message.ts'
import type { Queue } from './queue.ts'
import type { Sentinel } from './sentinel.ts'

/** RESOLVED messages that wait until it is certain that something was evaluated as over, rather than by nobody any more. */
interface HeldMessages {
  add(message: Message): Promise<void>
  /** Those that turned out not to be true. */
  readonly withdrawn: number
}

/** Keeps such messages on disk, and passes each on as soon as it can be believed. */
export function startHolding(
  queue: Queue,
  sentinel: Sentinel,
  deliver: (message: Message) => Promise<void>,
): HeldMessages {
  let withdrawn = 0
  void (async () => {
    for (;;) {
      await pause(2)
      for (const message of queue.all().filter((one) => !sentinel.isUnsure(one))) {
        const isActive = await sentinel.isActive(message.key)
        if (isActive === null) break
        if (isActive) withdrawn++
        // it waited for certainty, not for its channel
        else await deliver(knownAt(message))
        await queue.remove(message)
      }
    }
  })()
  return {
    add: (message) => queue.add(message),
    get withdrawn() {
      return withdrawn
    },
  }
}

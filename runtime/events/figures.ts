/** The bot's own metric handles for its events; a missing one is not recorded. */
export interface EventFigures {
  /** A gauge of events waiting, read at every scrape. */
  readonly depth?: { readonly collect: (read: () => number) => void }
  /** A gauge of events that the queue holds before it drops any. */
  readonly capacity?: { readonly set: (value: number) => void }
  /** A counter of events dropped by a full queue. */
  readonly dropped?: { readonly inc: () => void }
  /** A counter of errors thrown by handlers, or rejected by their promises. */
  readonly handlerErrors?: { readonly inc: () => void }
  /** Called with each such error and the type of its event. */
  readonly onError?: (error: unknown, type: string) => void
}

/** Runs a handler and counts its failure, sync or async, without passing it on. */
export function runHandler(figures: EventFigures, type: string, handle: () => unknown): void {
  const failed = (error: unknown): void => {
    quietly(() => figures.handlerErrors?.inc())
    quietly(() => figures.onError?.(error, type))
  }
  try {
    const ended = handle()
    if (isThenable(ended)) ended.then(undefined, failed)
  } catch (error) {
    failed(error)
  }
}

/** Runs counting and reporting code, whose errors must not stop the bot either. */
export function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // The error handler itself failed: there is nothing left to report to.
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

/** What a bot declares about its events and passes in; what it does not declare is not counted. */
export interface EventFigures {
  /** A gauge: events that wait, read at every scrape. */
  readonly depth?: { readonly collect: (read: () => number) => void }
  /** A gauge: events that the queue holds before it drops any. */
  readonly capacity?: { readonly set: (value: number) => void }
  /** A counter of events that a full queue threw away. */
  readonly dropped?: { readonly inc: () => void }
  /** A counter of errors that escaped from handlers, thrown or rejected. */
  readonly handlerErrors?: { readonly inc: () => void }
  /** Hears of each such error, with the type of its event. */
  readonly onError?: (error: unknown, type: string) => void
}

/** Runs a handler whose failure, at once or later, is counted and reaches nobody else. */
export function handled(figures: EventFigures, type: string, handle: () => unknown): void {
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

/** What counts and reports must not stop the bot either. */
export function quietly(act: () => void): void {
  try {
    act()
  } catch {
    // Who hears of errors has failed: there is nobody left to tell.
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'

/** Where a group of definitions is: the stack is captured at once, and parsed only for a finding. */
export interface Where {
  readonly stack?: string
}

/** Frames to keep: more than one, so that a definition made by a helper function in another file is still located. */
const frames = 5

/** Captures the caller of `below`. */
export function whereIs(below: (...args: never[]) => unknown): Where {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = frames
  const where: Where = {}
  Error.captureStackTrace(where, below)
  Error.stackTraceLimit = limit
  return where
}

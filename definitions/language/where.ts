/** Where a group of definitions was written: the stack is taken at once and read only when a finding asks for it. */
export interface Where {
  readonly stack?: string
}

/** Frames that are kept: more than one, so that a definition made by a house function in another file is still found. */
const frames = 5

/** Remembers who called `below`. */
export function whereIs(below: (...args: never[]) => unknown): Where {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = frames
  const where: Where = {}
  Error.captureStackTrace(where, below)
  Error.stackTraceLimit = limit
  return where
}

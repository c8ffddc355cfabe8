/** A deviation from the document that a definition follows, with the reason. */
export interface Deviation {
  /** What the document says, with its own names and numbers. */
  readonly said: string
  /** Why that does not work, and what is done instead. */
  readonly because: string
}

export const deviation = (said: string, because: string): Deviation => Object.freeze({ said, because })

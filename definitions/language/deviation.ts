/** A departure from the document that a definition follows, with the reason that it had to be. */
export interface Deviation {
  /** What the document says, in its own names and figures. */
  readonly said: string
  /** Why that cannot work, and what stands instead. */
  readonly because: string
}

export const deviation = (said: string, because: string): Deviation => Object.freeze({ said, because })

/** A term of the bot's trade, for a reader of its docs who does not know it. */
export interface Term {
  readonly means: string
  /** Other words that its docs use for it. */
  readonly also?: readonly string[]
}

/** Terms by their name, as the glossary of the docs lists them. */
export type Glossary = Readonly<Record<string, Term>>

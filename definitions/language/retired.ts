/** Names that were used once, each with a sentence that says what took its place. */
export type Retired = Readonly<Record<string, string>>

// A registered symbol, so that two copies of these files agree; no metric's key, so that nothing lists it as one.
const key = Symbol.for('botwatch.retired')

/** The same catalogue, which knows its retired names; it still does when it is spread into another object. */
export const retiring = (catalogue: object, retired: Retired): object =>
  Object.keys(retired).length === 0 ? catalogue : Object.freeze({ ...catalogue, [key]: Object.freeze({ ...retired }) })

/** The names that a catalogue retired. */
export const retiredOf = (catalogue: object): Retired => (catalogue as { readonly [key]?: Retired })[key] ?? none

const none: Retired = Object.freeze({})

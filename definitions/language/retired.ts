/** Retired names, each with a sentence that says what replaced it. */
export type RetiredNames = Readonly<Record<string, string>>

// A registered symbol, so that two copies of these files are compatible; not a string key, so that it is never listed as a metric.
const key = Symbol.for('botwatch.retired')

/** The catalogue with its retired names attached, which survive a spread into another object. */
export const withRetired = (catalogue: object, retired: RetiredNames): object =>
  Object.keys(retired).length === 0 ? catalogue : Object.freeze({ ...catalogue, [key]: Object.freeze({ ...retired }) })

/** The retired names of a catalogue. */
export const retiredOf = (catalogue: object): RetiredNames =>
  (catalogue as { readonly [key]?: RetiredNames })[key] ?? none

const none: RetiredNames = Object.freeze({})

/** A fault of a paper bot that can be switched on. */
export interface Fault {
  readonly says: string
  /** The alerts that it should trip. */
  readonly trips: readonly string[]
}

/** The faults of a bot, by name. */
export type Faults<N extends string> = Readonly<Record<N, Fault>>

/** The names of a bot's faults, in their order. */
export const namesOfFaults = <N extends string>(faults: Faults<N>): readonly N[] =>
  Object.freeze(Object.keys(faults) as N[])

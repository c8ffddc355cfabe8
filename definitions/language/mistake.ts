/** A type that no value satisfies: the editor shows its sentence as the expected type. */
export type Mistake<Sentence extends string, Facts = unknown> = Sentence & Facts

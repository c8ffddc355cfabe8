/** The type that a mistake demands: a sentence that nobody passes, shown by the editor as the expected type. */
export type Mistake<Sentence extends string, Facts = unknown> = Sentence & Facts

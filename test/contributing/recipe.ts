import type { Edit } from './copy.ts'

/** How a row of CONTRIBUTING is carried out, and what must be in the output afterwards. */
export interface Recipe {
  readonly edits: readonly Edit[]
  /** Edits that only make the change visible, made before it. */
  readonly setup?: readonly Edit[]
  /** Text that a generated file of the copy must contain, by path. */
  readonly generated: Readonly<Record<string, RegExp>>
  /** Test files that the change reaches: they must pass in the copy. */
  readonly tests?: readonly string[]
  /** Which of their tests to run, by a part of the name; without it all. */
  readonly only?: readonly string[]
}

/** Recipes by the first column of their row. */
export type Recipes = Readonly<Record<string, Recipe>>

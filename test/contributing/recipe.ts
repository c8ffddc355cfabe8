import type { Edit } from './copy.ts'

/** How a row of CONTRIBUTING is carried out, and what must be in the output afterwards. */
export interface Recipe {
  readonly edits: readonly Edit[]
  /** Edits that only make the change visible, made before it. */
  readonly setup?: readonly Edit[]
  /** Text that a generated file of the copy must contain, by path. */
  readonly generated: Readonly<Record<string, RegExp>>
  /** Lines of the report of `check` that the change is expected to cause; without it the report must be clean. */
  readonly finds?: RegExp
  /** Test files that must pass in the copy, for rows whose change has tests of its own. */
  readonly tests?: readonly string[]
}

/** Recipes by the first column of their row. */
export type Recipes = Readonly<Record<string, Recipe>>

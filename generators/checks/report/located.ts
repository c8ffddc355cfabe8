import type { CheckFinding } from '../check.ts'
import { checkOf } from '../index.ts'

/** A finding, and where its definition stands; an empty file where that is not known. */
export interface Located extends CheckFinding {
  readonly bot: string
  readonly file: string
  readonly line: number
  /** Where the name of the definition begins in its line and where it has ended, from 1; null where it does not stand there. */
  readonly columns: readonly [from: number, to: number] | null
}

/** The page about a check, from the root of the repository; null where a definition's own fault has none. */
export function pageOf(code: string): string | null {
  const check = checkOf(code)
  return check === null ? null : `docs/checks/${check.code}-${check.name}.md`
}

export const countOf = (all: readonly Located[], severity: Located['severity']): number =>
  all.filter((one) => one.severity === severity).length

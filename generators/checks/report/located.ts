import type { CheckFinding } from '../check.ts'
import { checkOf } from '../index.ts'

/** A finding and the place of its definition; the file is empty if unknown. */
export interface LocatedFinding extends CheckFinding {
  readonly bot: string
  readonly file: string
  readonly line: number
  /** Where the name of the definition begins and ends in its line, from 1; null if the line does not have it. */
  readonly columns: readonly [from: number, to: number] | null
}

/** The page about a check, from the root of the repository; null for a definition's own defect, which has none. */
export function pageOf(code: string): string | null {
  const check = checkOf(code)
  return check === null ? null : `docs/checks/${check.code}-${check.name}.md`
}

export const countOf = (all: readonly LocatedFinding[], severity: LocatedFinding['severity']): number =>
  all.filter((one) => one.severity === severity).length

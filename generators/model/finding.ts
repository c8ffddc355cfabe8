import type { Defect } from '../../definitions/language/defect.ts'
import type { Where } from '../../definitions/language/where.ts'

export type FindingSeverity = 'error' | 'warning'

/** A problem in a definition: where, what and why, what to do. */
export interface Finding {
  readonly code: string
  readonly severity: FindingSeverity
  /** The definition by kind and name, such as `alert HighSlippage`. */
  readonly of: string
  /** Its property key in the group that `where` points to; empty if it has none. */
  readonly key: string
  readonly where: Where
  readonly message: string
  readonly fix: string
  /** Other places that it concerns. */
  readonly also?: readonly Where[]
  /** The text that it is about, and the part of it. */
  readonly in?: Defect['in']
}

/** What a finding is about. */
export interface Subject {
  readonly of: string
  readonly key: string
  readonly where: Where
}

export const finding = (subject: Subject, defect: Defect, severity: FindingSeverity = 'error'): Finding =>
  Object.freeze({ ...subject, ...defect, severity })

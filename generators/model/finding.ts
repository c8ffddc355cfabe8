import type { Fault } from '../../definitions/language/fault.ts'
import type { Where } from '../../definitions/language/where.ts'

export type FindingSeverity = 'error' | 'warning'

/** A complaint about a definition: where, what and why, what to do. */
export interface Finding {
  readonly code: string
  readonly severity: FindingSeverity
  /** The thing in the definitions' own words, such as `alert HighSlippage`. */
  readonly of: string
  /** Its property key in the group that `where` points to; empty where it has none. */
  readonly key: string
  readonly where: Where
  readonly message: string
  readonly fix: string
  /** Further places that it is about. */
  readonly also?: readonly Where[]
}

/** What a finding is about. */
export interface Subject {
  readonly of: string
  readonly key: string
  readonly where: Where
}

export const finding = (subject: Subject, fault: Fault, severity: FindingSeverity = 'error'): Finding =>
  Object.freeze({ ...subject, ...fault, severity })

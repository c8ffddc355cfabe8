import type { CheckCode } from '../../definitions/language/check-code.ts'
import type { Subject } from '../model/finding.ts'
import type { Span } from '../promql/tokens.ts'
import type { Expression, Role } from './expression.ts'
import type { CheckSeverity, Remark } from './looked.ts'
import type { Whole } from './whole.ts'

/**
 * On what a check's word can be relied: `text` on the expression alone, `seen` also where series were only observed, `contract` only
 * where everything that can be there is declared.
 */
export type Evidence = 'text' | 'seen' | 'contract'

/** What a check is called and how much it weighs. */
export interface Described {
  /** Stable: never used again for another mistake. */
  readonly code: CheckCode
  /** A few words with hyphens, such as `unknown-metric`. */
  readonly name: string
  readonly severity: CheckSeverity
  /** What it finds, as a sentence without its full stop. */
  readonly finds: string
}

/** A check of one expression in its world, whatever it stands in. */
export interface ExpressionCheck extends Described {
  readonly kind: 'expression'
  readonly needs: Evidence
  /** Where the expression has to stand; null where that does not matter. */
  readonly roles: readonly Role[] | null
  readonly look: (expression: Expression) => readonly Remark[]
}

/** What a check says of a definition; `in` is the text that it is about, if there is one. */
interface Complaint {
  readonly subject: Subject
  readonly message: string
  readonly fix: string
  readonly in?: { readonly text: string } & Span
}

/** A check of all that belongs to a bot. */
export interface WholeCheck extends Described {
  readonly kind: 'whole'
  readonly look: (whole: Whole) => readonly Complaint[]
}

/** A mistake that something else finds, and that is reported under this code: a definition's own fault, promtool, a suppression. */
export interface ReportedCheck extends Described {
  readonly kind: 'reported'
  /** The words of the faults of definitions that mean the same. */
  readonly faults: readonly string[]
}

export type Check = ExpressionCheck | WholeCheck | ReportedCheck

/** What was found: which check, how bad, where, what and why, what to do. */
export interface CheckFinding extends Subject {
  /** The code of a check, or the word of a definition's own fault, such as `buckets-unsorted`. */
  readonly code: CheckCode | string
  readonly name: string
  readonly severity: CheckSeverity
  readonly message: string
  readonly fix: string
  /** The expression, and the part of it that is meant; null where it is about no expression. */
  readonly in: ({ readonly text: string } & Span) | null
}

export const expressionCheck = (check: Omit<ExpressionCheck, 'kind'>): ExpressionCheck =>
  Object.freeze({ kind: 'expression', ...check })
export const wholeCheck = (check: Omit<WholeCheck, 'kind'>): WholeCheck => Object.freeze({ kind: 'whole', ...check })
export const reportedCheck = (check: Omit<ReportedCheck, 'kind' | 'faults'> & Partial<ReportedCheck>): ReportedCheck =>
  Object.freeze({ kind: 'reported', faults: [], ...check })

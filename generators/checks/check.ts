import type { CheckCode } from '../../definitions/language/check-code.ts'
import type { Subject } from '../model/finding.ts'
import type { Span } from '../promql/tokens.ts'
import type { BotContext } from './bot-context.ts'
import type { CheckSeverity, Remark } from './checked-expression.ts'
import type { AnalysedExpression, Role } from './expression.ts'

/**
 * What a check needs to be reliable: `text` needs only the expression, `seen` also needs observed series, `contract` needs a
 * declaration of everything that can exist.
 */
export type EvidenceLevel = 'text' | 'seen' | 'contract'

/** The name of a check and the severity of its findings. */
export interface CheckDescription {
  /** Stable: never reused for another problem. */
  readonly code: CheckCode
  /** A few hyphenated words, such as `unknown-metric`. */
  readonly name: string
  readonly severity: CheckSeverity
  /** What it finds, as a sentence without a full stop. */
  readonly finds: string
}

/** A check of one expression in its world, wherever the expression is used. */
export interface ExpressionCheck extends CheckDescription {
  readonly kind: 'expression'
  readonly needs: EvidenceLevel
  /** The roles of the expressions it applies to; null if it applies to all. */
  readonly roles: readonly Role[] | null
  readonly look: (expression: AnalysedExpression) => readonly Remark[]
}

/** What a check reports about a definition; `in` is the PromQL it refers to, if any. */
interface CheckMessage {
  readonly subject: Subject
  readonly message: string
  readonly fix: string
  readonly in?: { readonly text: string } & Span
}

/** A check of everything that belongs to a bot. */
export interface BotCheck extends CheckDescription {
  readonly kind: 'whole'
  readonly look: (whole: BotContext) => readonly CheckMessage[]
}

/** A problem found elsewhere and reported under this code: a definition's own defect, promtool, an allowance. */
export interface ReportedCheck extends CheckDescription {
  readonly kind: 'reported'
  /** The codes of definition defects that mean the same. */
  readonly defects: readonly string[]
}

export type Check = ExpressionCheck | BotCheck | ReportedCheck

/** A finding: which check, how severe, where, what and why, and what to do. */
export interface CheckFinding extends Subject {
  /** The code of a check, or that of a definition's own defect, such as `buckets-unsorted`. */
  readonly code: CheckCode | string
  readonly name: string
  readonly severity: CheckSeverity
  readonly message: string
  readonly fix: string
  /** The expression and the part of it the finding is about; null if the finding is not about an expression. */
  readonly in: ({ readonly text: string } & Span) | null
}

export const expressionCheck = (check: Omit<ExpressionCheck, 'kind'>): ExpressionCheck =>
  Object.freeze({ kind: 'expression', ...check })
export const botCheck = (check: Omit<BotCheck, 'kind'>): BotCheck => Object.freeze({ kind: 'whole', ...check })
export const reportedCheck = (check: Omit<ReportedCheck, 'kind' | 'defects'> & Partial<ReportedCheck>): ReportedCheck =>
  Object.freeze({ kind: 'reported', defects: [], ...check })

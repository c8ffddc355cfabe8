import type { CheckCode } from '../../definitions/language/check-code.ts'
import type { Span } from '../promql/tokens.ts'
import type { AnalysedExpression } from './expression.ts'

export type CheckSeverity = 'error' | 'warning'

/** What a check reports about a part of an expression. */
export interface Remark extends Span {
  /** What was given, what was expected and why it matters. */
  readonly message: string
  /** What to do; empty if the message already says it. */
  readonly fix: string
}

/** What a check found in an expression. */
export interface ExpressionFinding extends Remark {
  readonly code: CheckCode
  readonly name: string
  readonly severity: CheckSeverity
}

/** A checked expression; `expression` is null if it could not be parsed. */
export interface CheckedExpression {
  readonly text: string
  readonly expression: AnalysedExpression | null
  readonly findings: readonly ExpressionFinding[]
}

import type { ItemQuery } from './verdict.ts'

/** An expression of a rule, as it is written. */
export const ruleQuery = (ref: string, expr: string, line: number): ItemQuery => ({
  ref,
  expr: expr.trim(),
  line,
  label: null,
  closed: null,
  variables: null,
  notes: [],
  decides: true,
})

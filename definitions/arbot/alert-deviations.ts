import { deviation } from '../language/index.ts'

/** The deviation of an alert on a risk that the document does not see. */
export const forgotten = (what: string, why: string) => deviation(`no alert for ${what}`, why)
/** The deviation of an alert whose condition is a row of a table, without a rule. */
export const ruleOf = (condition: string, why: string) =>
  deviation(`a row of a table without a rule: ${condition}`, why)

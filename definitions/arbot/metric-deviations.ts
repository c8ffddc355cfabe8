import { deviation } from '../language/metrics.ts'

/** The deviation of a metric that the document does not have. */
export const notInDocument = (what: string, why: string) => deviation(`no metric for ${what}`, why)
/** The deviation of a metric that the document’s dashboard needs, and its tables do not have. */
export const neededByPanel = (panel: string, why: string) =>
  deviation(`the dashboard has a panel ${panel}, and no metric for it`, why)
/** The deviation of a metric whose labels the document leaves open. */
export const withLabels = (name: string, by: string, why: string) =>
  deviation(`${name} is listed without labels`, `It is counted by ${by}: ${why}`)

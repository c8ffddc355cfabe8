import { deviation } from '../language/metrics.ts'

/** The deviation of a metric that has the document's name after the prefix of its bot. */
export const behindPrefix = (name: string) =>
  deviation(
    `the metric is called ${name}`,
    'One Prometheus stores the metrics of all bots: each name starts with its bot, followed by the document’s own name.',
  )
/** The deviation of a metric that the document does not have. */
export const notInDocument = (what: string, why: string) => deviation(`no metric for ${what}`, why)

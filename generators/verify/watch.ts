import type { VerifyReport } from './compare.ts'
import type { Violation } from './violation.ts'

/** What may resolve over time: only the last scrape counts. */
const passing = (violation: Violation) => violation.code === 'missing' || violation.code === 'not-at-zero'

/** Merges the reports of several scrapes: everything ever seen, and everything ever wrong. */
export function mergeReports(before: VerifyReport | null, now: VerifyReport): VerifyReport {
  if (before === null) return now
  const everSeen = new Set([...before.seen, ...now.seen])
  const everThere = new Set([...everSeen, ...before.waiting, ...now.waiting])
  const keyOf = ({ code, metric }: Violation) => `${code} ${metric}`
  const current = new Set(now.findings.map(keyOf))
  const kept = before.findings.filter((violation) => !passing(violation) && !current.has(keyOf(violation)))
  return {
    ...now,
    seen: [...everSeen],
    waiting: [...everThere].filter((name) => !everSeen.has(name)),
    findings: [...kept, ...now.findings.filter(({ code, metric }) => code !== 'missing' || !everThere.has(metric))],
  }
}

/** Names of metrics without a series in any scrape. */
export const unseen = ({ findings, waiting }: VerifyReport): readonly string[] => [
  ...waiting,
  ...findings.filter(({ code }) => code === 'missing').map(({ metric }) => metric),
]

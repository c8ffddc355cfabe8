import type { Report } from './compare.ts'
import type { Finding } from './finding.ts'

/** What may resolve over time: only the last scrape counts. */
const passing = (finding: Finding) => finding.code === 'missing' || finding.code === 'not-at-zero'

/** Merges the reports of several scrapes: everything ever seen, and everything ever wrong. */
export function merged(before: Report | null, now: Report): Report {
  if (before === null) return now
  const everSeen = new Set([...before.seen, ...now.seen])
  const everThere = new Set([...everSeen, ...before.waiting, ...now.waiting])
  const keyOf = ({ code, metric }: Finding) => `${code} ${metric}`
  const current = new Set(now.findings.map(keyOf))
  const kept = before.findings.filter((finding) => !passing(finding) && !current.has(keyOf(finding)))
  return {
    ...now,
    seen: [...everSeen],
    waiting: [...everThere].filter((name) => !everSeen.has(name)),
    findings: [...kept, ...now.findings.filter(({ code, metric }) => code !== 'missing' || !everThere.has(metric))],
  }
}

/** Names of metrics without a series in any scrape. */
export const unseen = ({ findings, waiting }: Report): readonly string[] => [
  ...waiting,
  ...findings.filter(({ code }) => code === 'missing').map(({ metric }) => metric),
]

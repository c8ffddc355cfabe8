import type { Finding } from '../finding.ts'
import { locate } from './locate.ts'

/** Findings as a person reads them: where, what and why, what to do. */
export function printFindings(findings: readonly Finding[]): string {
  return findings
    .map((found) => {
      const at = locate(found.where, found.key)
      return `${found.severity}: ${found.code}${at === '' ? '' : ` at ${at}`}\n  ${found.of}: ${found.message}\n  ${found.fix}\n`
    })
    .join('\n')
}

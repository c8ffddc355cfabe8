import type { Finding } from '../model/finding.ts'
import { listText } from '../text/list-text.ts'
import { locate } from './locate.ts'

/** Findings as a person reads them: where, what and why, what to do. */
export function printFindings(findings: readonly Finding[]): string {
  return findings
    .map((found) => {
      const at = locate(found.where, found.key)
      const also = (found.also ?? []).map((where) => locate(where, '')).filter((place) => place !== '')
      const places = also.length === 0 ? '' : `  see ${listText(also)}\n`
      return `${found.severity}: ${found.code}${at === '' ? '' : ` at ${at}`}\n  ${found.of}: ${found.message}\n${places}  ${found.fix}\n`
    })
    .join('\n')
}

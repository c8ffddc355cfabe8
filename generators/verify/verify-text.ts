import { countText } from '../text/count-text.ts'
import { fits, type VerifyReport } from './compare.ts'
import { findingTable } from './finding-table.ts'
import { listOrNone, type Violation } from './violation.ts'

/** A report for people: what is refused, what is only noted, what has no series yet, and the verdict. */
export function verifyText(report: VerifyReport, where: string): string {
  const refused = report.findings.filter((violation) => violation.refused)
  const named = report.findings.filter((violation) => !violation.refused)
  return [
    ...part(`refused (${refused.length})`, refused),
    ...part(`allowed unless --strict is given (${named.length})`, named),
    ...(report.waiting.length === 0
      ? []
      : [`declared, no series yet (${report.waiting.length}): ${listOrNone(report.waiting, 12)}`, '']),
    verdict(report, where),
    '',
  ].join('\n')
}

/** One line: whether it fits. */
function verdict(report: VerifyReport, where: string): string {
  const format = report.format === 'text' ? 'the text format' : 'OpenMetrics'
  const seen = `${report.seen.length} of ${report.declared} metrics seen, ${report.series} series in ${format}`
  const refused = report.findings.filter((violation) => violation.refused).length
  return fits(report)
    ? `${where} fits the contract of ${report.bot}: ${seen}`
    : `${where} does not fit the contract of ${report.bot}: ${countText(refused, 'finding')}; ${seen}`
}

const part = (title: string, violations: readonly Violation[]): readonly string[] =>
  findingTable(
    title,
    ['METRIC', 'LINE', 'WHAT', 'GIVEN', 'EXPECTED'],
    violations.map(({ metric, line, code, given, expected, fix }) => ({
      cells: [metric, line === null ? '' : `${line}`, code, given, expected],
      fix,
    })),
  )

import { countText } from '../text/count-text.ts'
import { fits, type VerifyReport } from './compare.ts'
import { listOrNone, type Violation } from './violation.ts'

const mostRows = 200
const widest = 64

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

function part(title: string, violations: readonly Violation[]): readonly string[] {
  if (violations.length === 0) return []
  const shown = violations.slice(0, mostRows)
  const rows = [
    ['METRIC', 'LINE', 'WHAT', 'GIVEN', 'EXPECTED'],
    ...shown.map(({ metric, line, code, given, expected }) =>
      [metric, line === null ? '' : `${line}`, code, given, expected].map(inOneLine),
    ),
  ]
  const widths = [0, 1, 2, 3].map((i) => Math.min(widest, Math.max(...rows.map((row) => (row[i] as string).length))))
  const printed = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return [
    title,
    `  ${printed[0]}`,
    // A fix that several consecutive findings share is printed once.
    ...shown.flatMap(({ fix }, i) => [`  ${printed[i + 1]}`, ...(shown[i + 1]?.fix === fix ? [] : [`      → ${fix}`])]),
    ...(violations.length > mostRows ? [`  … and ${violations.length - mostRows} more: --json lists them all`] : []),
    '',
  ]
}

const inOneLine = (cell: string): string => cell.replace(/\p{Cc}/gu, ' ')

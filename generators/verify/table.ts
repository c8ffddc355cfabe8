import { counted } from '../text/counted.ts'
import { fits, type Report } from './compare.ts'
import { type Finding, listed } from './finding.ts'

const mostRows = 200
const widest = 64

/** A report for people: what is refused, what is only noted, what has no series yet, and the verdict. */
export function table(report: Report, where: string): string {
  const refused = report.findings.filter((finding) => finding.refused)
  const named = report.findings.filter((finding) => !finding.refused)
  return [
    ...part(`refused (${refused.length})`, refused),
    ...part(`allowed unless --strict is given (${named.length})`, named),
    ...(report.waiting.length === 0
      ? []
      : [`declared, no series yet (${report.waiting.length}): ${listed(report.waiting, 12)}`, '']),
    verdict(report, where),
    '',
  ].join('\n')
}

/** One line: whether it fits. */
function verdict(report: Report, where: string): string {
  const format = report.format === 'text' ? 'the text format' : 'OpenMetrics'
  const seen = `${report.seen.length} of ${report.declared} metrics seen, ${report.series} series in ${format}`
  const refused = report.findings.filter((finding) => finding.refused).length
  return fits(report)
    ? `${where} fits the contract of ${report.bot}: ${seen}`
    : `${where} does not fit the contract of ${report.bot}: ${counted(refused, 'finding')}; ${seen}`
}

function part(title: string, findings: readonly Finding[]): readonly string[] {
  if (findings.length === 0) return []
  const shown = findings.slice(0, mostRows)
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
    ...(findings.length > mostRows ? [`  … and ${findings.length - mostRows} more: --json lists them all`] : []),
    '',
  ]
}

const inOneLine = (cell: string): string => cell.replace(/\p{Cc}/gu, ' ')

import { countText } from '../../text/count-text.ts'
import { findingTable } from '../finding-table.ts'
import { listOrNone } from '../violation.ts'
import type { LogReport } from './check-log.ts'
import type { LogViolation } from './violation.ts'

/** Whether nothing is refused. */
export const logFits = ({ findings }: Pick<LogReport, 'findings'>): boolean => findings.every(({ refused }) => !refused)

/** A report for people: what is refused, what is only noted, which events do not occur, and the verdict. */
export function logText(report: LogReport): string {
  const refused = report.findings.filter((violation) => violation.refused)
  const noted = report.findings.filter((violation) => !violation.refused)
  const { waiting, unfinished } = report
  return [
    ...part(`refused (${refused.length})`, refused),
    ...Object.entries(report.more).map(([code, count]) => `${count} more of ${code}, beyond the first kinds\n`),
    ...part(`allowed unless --strict is given (${noted.length})`, noted),
    ...(waiting.length === 0 ? [] : [`declared, not in the log (${waiting.length}): ${listOrNone(waiting, 12)}`, '']),
    ...(unfinished.length === 0
      ? []
      : [`not checked, since the line has no end yet: ${listOrNone(unfinished, 3)}`, '']),
    // that there is no event is the verdict of the command
    ...(report.events === 0 && refused.length === 0 ? [] : [verdict(report, refused.length), '']),
  ].join('\n')
}

function verdict(report: LogReport, refused: number): string {
  const { bot, files, lines, events, declared, seen } = report
  const where = files.length === 1 ? files.join() : `${files.length} files`
  const fit = files.length === 1 ? 'fits' : 'fit'
  const without = lines - events
  const counts = [
    countText(lines, 'line'),
    ...(without === 0 ? [] : [`${without} without an event`]),
    `${seen.length} of ${declared} events seen`,
  ].join(', ')
  return refused === 0
    ? `${where} ${fit} the contract of ${bot}: ${counts}`
    : `${where} ${files.length === 1 ? 'does' : 'do'} not fit the contract of ${bot}: ${countText(refused, 'finding')}; ${counts}`
}

const part = (title: string, violations: readonly LogViolation[]): readonly string[] =>
  findingTable(
    title,
    ['LINE', 'COUNT', 'EVENT', 'WHAT', 'GIVEN', 'EXPECTED'],
    violations.map(({ file, line, count, event, code, given, expected, fix }) => ({
      cells: [`${file}:${line}`, `${count}`, event ?? '', code, given, expected],
      fix,
    })),
  )

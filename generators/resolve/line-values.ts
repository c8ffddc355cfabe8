import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import { logLevels } from '../../definitions/language/log-event.ts'
import type { LineCondition, LineFilter } from '../../definitions/language/log-query.ts'
import { fieldValues } from '../logsql/field-values.ts'
import { listText } from '../text/list-text.ts'

/** Why no line can match a filter. */
export const filterValueDefects = ({ events, where, level }: LineFilter): readonly Defect[] => [
  ...(level === null ||
  events.length === 0 ||
  events.some((event) => logLevels.indexOf(event.level) >= logLevels.indexOf(level))
    ? []
    : [
        defect(
          'lines-never',
          `it asks for level ${level} or a more severe one, but ${listText(events.map((event) => `${event.name} is logged at ${event.level}`))}: no line matches`,
          'leave out .level(), or change the level of the event',
        ),
      ]),
  ...[...new Set(where.map(({ field }) => field))]
    .filter((field) => valuesLeft({ events, where }, field) === 0)
    .map((field) =>
      defect(
        'lines-never',
        `no line matches all that it asks of ${field}: ${listText(where.filter((match) => match.field === field).map(({ values, negated }) => `${negated ? 'not ' : ''}${values.join(' or ')}`))}`,
        'ask for several values in one list',
      ),
    ),
]

/** How many values of a field all matches leave; null if it may be any of endlessly many. */
function valuesLeft({ events, where }: Pick<LineFilter, 'events' | 'where'>, field: string): number | null {
  const matches = where.filter((match) => match.field === field)
  let left: readonly string[] | null = fieldValues(field, events)
  for (const { values } of matches.filter(({ negated }) => !negated)) {
    const given = values.map(String)
    left = left === null ? given : left.filter((value) => given.includes(value))
  }
  const excluded = matches.filter(({ negated }) => negated).flatMap(({ values }) => values.map(String))
  return left === null ? null : left.filter((value) => !excluded.includes(value)).length
}

/** Why a count can never be so, or always is: no lines have no row, so each count that there is is at least 1. */
export function countDefects(condition: LineCondition): readonly Defect[] {
  if (condition.kind === 'absence' || condition.of.fn !== 'count') return []
  const { op, limit, of } = condition
  const said = `its count is compared with ${op} ${limit}`
  if (op === '<' ? limit <= 1 : op === '<=' && limit < 1)
    return [
      defect(
        'lines-never',
        `${said}, but without a line there is no count at all: it never fires`,
        `use .absent('${of.window}')`,
      ),
    ]
  return (op === '>' ? limit < 0 : op === '>=' && limit <= 0)
    ? [defect('lines-always', `${said}, which every count is`, 'write .gt(0) for any line at all')]
    : []
}

/** A count below a limit is not there if there is no line at all, which is the worst case. */
export function silentAtZero(bot: Bot, { lines }: AnyAlert): readonly Defect[] {
  if (lines === null || lines.kind === 'absence' || lines.of.fn !== 'count') return []
  const { op, limit, of } = lines
  if ((op !== '<' && op !== '<=') || countDefects(lines).length > 0) return []
  const isWatched = bot.alerts.some(
    (other) =>
      other.lines?.kind === 'absence' && other.lines.of.events.some((event) => of.filter.events.includes(event)),
  )
  return isWatched
    ? []
    : [
        defect(
          'lines-zero',
          `its count is compared with ${op} ${limit}, and without a line there is no count: it does not fire when there is none at all`,
          `add an alert on .absent('${of.window}') of the same lines`,
        ),
      ]
}

import { type LogLevel, logLevels } from '../../definitions/language/log-event.ts'
import {
  type FieldMatch,
  type LineCondition,
  type LineFigure,
  type LineFilter,
  lineLabels,
} from '../../definitions/language/log-query.ts'
import { bytes, ratio, seconds, timestamp, type Unit } from '../../definitions/language/unit.ts'
import { figureName, printPipes, readPipes } from './pipes.ts'

// LogsQL as VictoriaLogs 1.52 reads it. Delivery is at least once: `run` and `seq` tell a line from its duplicates, so every figure is over
// distinct lines, in two steps. Text stays in its place: a filter in parentheses, pipes after the first of these steps.

/** Whose lines: the labels of the stream, as VictoriaLogs or a variable of Grafana fills them. */
export type LineScope = Readonly<Record<string, string>>

/** The query for the lines themselves. */
export const printLines = ({ events, where, level, older, logsql }: LineFilter, scope: LineScope): string =>
  [
    `{${Object.entries(scope)
      .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
      .join(',')}}`,
    ...(events.length === 0 ? [] : [anyOf('event', namesOf(events))]),
    ...where.map(matchText),
    ...(level === null ? [] : [anyOf('level', levelsFrom(level, events.length === 0))]),
    ...older.map((aged) => `(!${anyOf('event', namesOf(aged.events))} or _time:>${aged.than})`),
    ...logsql.map((text) => `(${text})`),
  ].join(' ')

const namesOf = (events: LineFilter['events']): readonly string[] => events.map(({ name }) => name)

/** The query for a figure, without its window: a rule adds it, and a panel steps by it. */
export function printFigure({ filter, fn, share, field, pipes, by }: LineFigure, scope: LineScope): string {
  const labels = [...lineLabels, ...by].join(', ')
  const lines = printLines(filter, scope)
  if (pipes !== null) return `${lines} | ${distinctLines(filter)} | ${pipesText(pipes, [...lineLabels, ...by])}`
  if (fn === 'missing')
    return `${lines} run:* | stats by (${labels}, run) min(seq) as first, max(seq) as last, count_uniq(seq) as known | math last - first + 1 - known as missing | stats by (${labels}) sum(missing) as ${figureName}`
  if (field === null) return `${lines} | stats by (${labels}) count_uniq(run, seq) as ${figureName}`
  const call = share === null ? `${fn}(${field})` : `quantile(${share}, ${field})`
  return `${lines} ${field}:~"${jsonNumber}" | math ${field} + 0 as ${field} | stats by (${labels}, run, seq) any(${field}) as ${field} | stats by (${labels}) ${call} as ${figureName}`
}

/**
 * Each line once, with the fields that its event declares. Of all pipes that could do that, only `stats` is taken by a query over
 * a range, which must know the time of each row; and text cannot bring the duplicates back.
 */
const distinctLines = ({ events }: LineFilter): string =>
  `stats by (${[...lineFields(events), 'run', 'seq'].join(', ')}) count() as ${figureName}`

/** The fields that pipes can use: those of the process, of every line, and of these events. */
export const lineFields = (events: LineFilter['events']): readonly string[] => [
  ...lineLabels,
  'event',
  'level',
  ...new Set(events.flatMap(({ fields }) => Object.keys(fields))),
]

/** Text without a figure is a finding, so that nothing is generated. */
function pipesText(text: string, labels: readonly string[]): string {
  const { pipes } = readPipes(text)
  return pipes === null ? text : printPipes(pipes, labels)
}

/** The expression of a rule of vmalert, whose value is in the base unit of the figure's dimension: its templates cannot calculate. */
export function printCondition(condition: LineCondition, unit: Unit<string>, scope: LineScope): string {
  if (condition.kind === 'absence')
    // without `by`, there is a row for no lines
    return `_time:${condition.window} ${printLines(condition.of, scope)} | stats count() as ${figureName} | filter ${figureName}:=0`
  const { of, op, limit } = condition
  const filtered = `_time:${of.window} ${printFigure(of, scope)} | filter ${figureName}:${op}${limit}`
  const { num, den } = factorOf(unit)
  return num === den ? filtered : `${filtered} | math ${figureName} * ${num} / ${den} as ${figureName}`
}

/** The unit of the value of a rule. */
export const baseUnit = (unit: Unit<string>): Unit<string> => bases.find(({ dim }) => dim === unit.dim) ?? unit

/** Those that templates format: all others are printed in the unit that the definition says. */
const bases: readonly Unit<string>[] = Object.freeze([seconds, ratio, bytes, timestamp])

const factorOf = (unit: Unit<string>) => (baseUnit(unit) === unit ? { num: 1, den: 1 } : unit)

/**
 * What JSON writes for a number. All values are texts in the store: it would take "250ms" for 250,000,000 nanoseconds, and
 * "refused" for the largest latency, which is above no limit. `math` writes 1e-7 without an exponent: avg and sum would
 * leave it out where all rows of a block have the same value.
 */
const jsonNumber = '^-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?$'

/** This level and those that are more severe; no event is declared `fatal`, but libraries and crash handlers log so. */
const levelsFrom = (level: LogLevel, ofAnyLine: boolean): readonly string[] => [
  ...logLevels.slice(logLevels.indexOf(level)),
  ...(ofAnyLine ? ['fatal'] : []),
]

const matchText = ({ field, values, negated }: FieldMatch): string => `${negated ? '!' : ''}${anyOf(field, values)}`

const anyOf = (field: string, values: FieldMatch['values']): string => {
  const [only] = values
  return values.length === 1 && only !== undefined
    ? `${field}:=${JSON.stringify(String(only))}`
    : `${field}:in(${values.map((value) => JSON.stringify(String(value))).join(', ')})`
}

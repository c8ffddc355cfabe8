import type { LogLevel } from '../../definitions/language/log-event.ts'
import {
  type FieldMatch,
  type LineCondition,
  type LineFigure,
  type LineFilter,
  lineLabels,
} from '../../definitions/language/log-query.ts'
import { bytes, ratio, seconds, timestamp, type Unit } from '../../definitions/language/unit.ts'

// LogsQL as VictoriaLogs 1.52 reads it. Delivery is at least once: `run` and `seq` tell a line from its duplicates, so every figure is over
// distinct lines, in two steps.

/** Whose lines: the labels of the stream, as VictoriaLogs or a variable of Grafana fills them. */
export type LineScope = Readonly<Record<string, string>>

/** The query for the lines themselves. */
export const printLines = ({ events, where, level }: LineFilter, scope: LineScope): string =>
  [
    `{${Object.entries(scope)
      .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
      .join(',')}}`,
    ...(events.length === 0
      ? []
      : [
          anyOf(
            'event',
            events.map(({ name }) => name),
          ),
        ]),
    ...where.map(matchText),
    ...(level === null ? [] : [anyOf('level', levels.slice(levels.indexOf(level)))]),
  ].join(' ')

/** The query for a figure, without its window: a rule adds it, and a panel steps by it. */
export function printFigure({ filter, fn, share, field, by }: LineFigure, scope: LineScope): string {
  const labels = [...lineLabels, ...by].join(', ')
  const lines = printLines(filter, scope)
  if (field === null) return `${lines} | stats by (${labels}) count_uniq(run, seq) as ${figureName}`
  const call = share === null ? `${fn}(${field})` : `quantile(${share}, ${field})`
  return `${lines} ${field}:~"${jsonNumber}" | math ${field} + 0 as ${field} | stats by (${labels}, run, seq) any(${field}) as ${field} | stats by (${labels}) ${call} as ${figureName}`
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

/** The name of the figure in a result, which vmalert adds as the label `stats_result`. */
const figureName = 'value'

const levels: readonly LogLevel[] = Object.freeze(['debug', 'info', 'warn', 'error'])

const matchText = ({ field, values, negated }: FieldMatch): string => `${negated ? '!' : ''}${anyOf(field, values)}`

const anyOf = (field: string, values: FieldMatch['values']): string => {
  const [only] = values
  return values.length === 1 && only !== undefined
    ? `${field}:=${JSON.stringify(String(only))}`
    : `${field}:in(${values.map((value) => JSON.stringify(String(value))).join(', ')})`
}

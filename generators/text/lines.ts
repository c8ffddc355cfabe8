import type { FieldMatch, LineCondition, LineFigure, LineFilter, LineOp } from '../../definitions/language/log-query.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import { durationWords } from './duration-words.ts'
import { listText } from './list-text.ts'
import { code } from './markdown.ts'
import { quantityText } from './quantity.ts'

/** A condition on lines of the log, as a part of a Markdown sentence. */
export const linesText = (condition: LineCondition, unit: Unit<string>): string =>
  condition.kind === 'absence'
    ? `the log has had no line ${filterText(condition.of)} for ${durationWords(condition.window)}`
    : `${lineFigureText(condition.of)} ${verbs[condition.op]} ${quantityText(condition.limit, unit)}`

/** The fields whose values are compared separately. */
export const eachOf = (condition: LineCondition): readonly string[] =>
  condition.kind === 'absence' ? [] : condition.of.by

/** A figure over lines, as a part of a Markdown sentence. */
export function lineFigureText({ filter, fn, share, field, pipes, window }: LineFigure): string {
  const of = `lines ${filterText(filter)} in ${durationWords(window)}`
  if (pipes !== null) return `the result of ${code(pipes)} over the ${of}`
  if (fn === 'missing') return `the number of lines missing in ${durationWords(window)}`
  if (field === null) return `the number of ${of}`
  if (fn === 'quantile') return `the value of ${code(field)} that ${(share ?? 0) * 100} % of the ${of} do not exceed`
  return `the ${names[fn]} ${code(field)} of the ${of}`
}

const names = {
  count: 'number of',
  missing: 'number missing of',
  sum: 'sum of',
  min: 'lowest',
  max: 'highest',
  avg: 'average',
  pipes: 'result of',
} as const

const verbs: Readonly<Record<LineOp, string>> = {
  '>': 'is above',
  '>=': 'is at least',
  '<': 'is below',
  '<=': 'is at most',
}

function filterText({ events, where, level, logsql }: LineFilter): string {
  const conditions = [
    ...where.map(matchText),
    ...(level === null ? [] : [`the level ${code(level)} or a more severe one`]),
    ...logsql.map((text) => code(text)),
  ]
  const of =
    events.length === 0
      ? 'of any event'
      : listText(
          events.map(({ name }) => code(name)),
          'or',
        )
  return conditions.length === 0 ? of : `${of} with ${listText(conditions)}`
}

const matchText = ({ field, values, negated }: FieldMatch): string =>
  `${code(field)}${negated ? ' not' : ''} ${listText(
    values.map((value) => code(String(value))),
    'or',
  )}`

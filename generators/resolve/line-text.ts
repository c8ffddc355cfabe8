import { type Defect, defect } from '../../definitions/language/defect.ts'
import { type Field, type Fields, type LogEvent, reservedFields } from '../../definitions/language/log-event.ts'
import { type LineFigure, type LineFilter, lineLabels } from '../../definitions/language/log-query.ts'
import { items, type Unit } from '../../definitions/language/unit.ts'
import { fieldValues } from '../logsql/field-values.ts'
import { type AskedField, type FilterFields, filterFields } from '../logsql/filter-fields.ts'
import { groupedBy, pipeFields, statsFunctions } from '../logsql/pipe-fields.ts'
import { type FigurePipes, readPipes } from '../logsql/pipes.ts'
import { lineFields } from '../logsql/print.ts'
import { isMark, type LogsToken, logsTokens } from '../logsql/tokens.ts'
import type { ParseError, Span } from '../promql/tokens.ts'
import { listText } from '../text/list-text.ts'
import { nearest } from '../text/nearest.ts'
import { unitName } from '../text/unit-name.ts'

type Event = LogEvent<Fields>

/** What is wrong with the LogsQL text of a filter. */
export const filterTextDefects = ({ events, logsql }: LineFilter): readonly Defect[] =>
  logsql.flatMap((text) => {
    const { tokens, faults } = logsTokens(text)
    const pipe = tokens.find((token) => isMark(token, '|'))
    const all =
      pipe === undefined
        ? faults
        : [...faults, { ...place(pipe), message: 'a pipe is not a filter', fix: 'use .pipes(…) for figures' }]
    if (all.length > 0) return all.map((fault) => faulty(text, fault))
    const known = new Set<string>([...reservedFields, ...lineFields(events)])
    return filterDefects(text, filterFields(tokens), { events, known })
  })

/** What is wrong with the LogsQL text of a figure, and what cannot be known about it. */
export function pipesDefects(
  { filter: { events }, pipes: text, by }: LineFigure,
  unit: Unit<string>,
): {
  readonly wrong: readonly Defect[]
  readonly unknown: readonly Defect[]
} {
  if (text === null) return { wrong: [], unknown: [] }
  const { pipes, faults } = readPipes(text)
  if (pipes === null || faults.length > 0) return { wrong: faults.map((fault) => faulty(text, fault)), unknown: [] }
  let known = new Set<string>([...lineFields(events), 'run', 'seq'])
  /** The pipe that may have set fields which nobody named. */
  let others: string | null = null
  const wrong: Defect[] = []
  const unknown: Defect[] = []
  const needs = (field: LogsToken, message = `it reads ${field.text}, which no line has there`) => {
    if (known.has(field.text)) return
    if (others === null) wrong.push(unknownField(text, field, known, message))
    else unknown.push(unsure(text, field, others))
  }
  for (const pipe of [...pipes.before, pipes.stats]) {
    const made = pipeFields(pipe.name.text, pipe.rest)
    if (made === null) continue
    for (const field of made.reads) needs(field)
    const mayBeSet = ({ field }: AskedField) => others !== null && !known.has(field.text)
    for (const asked of made.asked.filter(mayBeSet)) needs(asked.field)
    const asked = made.asked.filter((one) => !mayBeSet(one))
    wrong.push(...filterDefects(text, { asked, bare: made.bare }, { events, known }))
    if (pipe === pipes.stats) {
      for (const label of by)
        needs({ ...pipe.name, text: label }, `${label} is a label of the figure, but no line has such a field there`)
    } else if (pipe.name.text === 'stats') {
      const kept = new Set([...(groupedBy(pipe.rest) ?? []).map((field) => field.text), ...made.makes])
      const gone = lineLabels.filter((label) => !kept.has(label))
      if (gone.length > 0) wrong.push(lost(text, pipe, gone))
      known = kept
      others = null
    } else {
      for (const label of lineLabels) if (made.makes.includes(label)) wrong.push(overwritten(text, pipe, label))
      known = new Set([...known, ...made.makes])
      if (made.makesOthers) others = pipe.name.text
    }
  }
  wrong.push(...textDefects(text, pipes, events), ...unitDefects(text, pipes, events, unit))
  return { wrong, unknown }
}

/** Functions of numbers over declared fields that are texts: the store would answer with a text, or with NaN. */
const textDefects = (text: string, pipes: FigurePipes, events: readonly Event[]): readonly Defect[] =>
  statsFunctions(pipes.stats.rest).flatMap(({ name, field }) => {
    if (!keeping.includes(name) || name === 'any' || field === null || isSetBefore(pipes, field)) return []
    const declared = events.flatMap(({ fields }) => (Object.hasOwn(fields, field) ? [fields[field] as Field] : []))
    return declared.length === 0 || declared.some((of) => 'unit' in of)
      ? []
      : [
          at(text, pipes.stats, [
            'line-field',
            `${name} takes numbers, and ${field} is text`,
            'use a field with numbers, or extract one',
          ]),
        ]
  })

/** Whether a pipe before the `stats` may have changed a field. */
const isSetBefore = ({ before }: FigurePipes, field: string): boolean =>
  before.some(({ name, rest }) => {
    const made = pipeFields(name.text, rest)
    return made === null || made.makesOthers || name.text === 'stats' || made.makes.includes(field)
  })

/** The unit of a single function of a declared field is known. */
function unitDefects(
  text: string,
  pipes: FigurePipes,
  events: readonly Event[],
  unit: Unit<string>,
): readonly Defect[] {
  const [only, ...more] = statsFunctions(pipes.stats.rest)
  if (only === undefined || more.length > 0 || pipes.after.length > 0) return []
  if (isSetBefore(pipes, only.field ?? '')) return []
  const declared = events.flatMap(({ fields }): readonly Unit<string>[] => {
    const of = Object.hasOwn(fields, only.field ?? '') ? fields[only.field ?? ''] : undefined
    return of !== undefined && 'unit' in of ? [of.unit] : []
  })
  const expected = counting.includes(only.name) ? [items] : keeping.includes(only.name) ? declared : []
  return expected
    .filter(({ dim, num, den }) => dim !== unit.dim || (dim !== 'count' && num * unit.den !== unit.num * den))
    .slice(0, 1)
    .map((of) =>
      at(text, pipes.stats, [
        'line-unit',
        `${only.name} is in ${unitName(of) || 'items'} here, and .as(…) says ${unitName(unit) || 'items'}`,
        'declare the unit of its result',
      ]),
    )
}

const counting = ['count', 'count_uniq', 'count_uniq_hash', 'count_empty']
const keeping = ['sum', 'min', 'max', 'avg', 'median', 'quantile', 'any']

interface Known {
  readonly events: readonly Event[]
  readonly known: ReadonlySet<string>
}

function filterDefects(text: string, { asked, bare }: FilterFields, of: Known): readonly Defect[] {
  return [
    ...bare.map((token) =>
      at(text, token, [
        'logsql-text',
        `'${token.text}' has no field, so it is looked for in a message that lines of events do not have`,
        `name a field, such as error:${token.text}`,
      ]),
    ),
    ...asked.flatMap((one) => {
      if (one.field.text === '_time')
        return [at(text, one.field, ['logsql-text', 'its window is that of the query', 'remove _time'])]
      if (one.field.text === 'bot' || one.field.text === 'env')
        return [
          at(text, one.field, [
            'logsql-text',
            `it narrows ${one.field.text}, which the query itself says: it would match all lines, or none`,
            'remove it',
          ]),
        ]
      if (!of.known.has(one.field.text))
        return [
          unknownField(
            text,
            one.field,
            of.known,
            `it asks for ${one.field.text}, which none of these events has: that matches no line, or every line if it is negated`,
          ),
        ]
      return valueDefects(text, one, of.events)
    }),
  ]
}

function valueDefects(text: string, { field, values }: AskedField, events: readonly Event[]): readonly Defect[] {
  const possible = possibleValues(field.text, events)
  return possible === null
    ? []
    : values
        .filter((value) => !possible.includes(value.text))
        .map((value) =>
          at(text, value, [
            field.text === 'event' ? 'event-unknown' : 'line-match',
            `${field.text} is never ${JSON.stringify(value.text)} in these lines, expected one of ${possible.join(', ')}`,
            nearest(value.text, possible) || 'use a value that it can have',
          ]),
        )
}

/** The values of a field in lines of these events; null if it can have any. */
function possibleValues(field: string, events: readonly Event[]): readonly string[] | null {
  if (field === 'event') return events.map(({ name }) => name)
  if (field === 'level') return events.length === 0 ? null : [...new Set(events.map(({ level }) => level))]
  return fieldValues(field, events)
}

const place = ({ from, to }: Span): Span => ({ from, to })
const at = (text: string, span: Span, [code, message, fix]: readonly [string, string, string]): Defect =>
  Object.freeze({ ...defect(code, `its text: ${message}`, fix), in: { text, ...place(span) } })
const faulty = (text: string, { message, fix, ...span }: ParseError) => at(text, span, ['logsql-text', message, fix])
const unknownField = (text: string, field: LogsToken, known: ReadonlySet<string>, message: string) =>
  at(text, field, [
    'line-field',
    message,
    nearest(field.text, known) ||
      `use one of ${[...known].filter((name) => !reserved.has(name)).join(', ') || 'its fields'}`,
  ])
const reserved: ReadonlySet<string> = new Set(reservedFields)
const unsure = (text: string, field: LogsToken, pipe: string) =>
  at(text, field, [
    'logsql-unknown',
    `whether there is a field ${field.text} depends on what ${pipe} finds, which nothing declares`,
    `name what it takes: ${pipe} … fields (${field.text})`,
  ])
const overwritten = (text: string, span: Span, label: string) =>
  at(text, span, [
    'logsql-text',
    `this sets ${label}, which says whose lines they are`,
    'choose another name for its result',
  ])
const lost = (text: string, span: Span, labels: readonly string[]) =>
  at(text, span, [
    'logsql-text',
    `this \`stats\` drops ${listText(labels)}, so its results are of all processes together`,
    `keep it: stats by (${lineLabels.join(', ')}, …)`,
  ])

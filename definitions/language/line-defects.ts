import { type Defect, defect } from './defect.ts'
import type { Field, Fields, LogEvent } from './log-event.ts'
import type { FieldMatch, LineFilter } from './log-query.ts'
import { items, type Unit } from './unit.ts'

/** The unit of a figure: that of its field; lines are counted in items. */
export function figureUnit({ events }: LineFilter, field: string | null): Unit<string> {
  const declared = field === null ? undefined : events[0]?.fields[field]
  return declared !== undefined && 'unit' in declared ? declared.unit : items
}

/** A figure over events that log a field in different units would mix them. */
export function unitDefects({ events }: LineFilter, field: string): Defect[] {
  const units = events.flatMap(({ name, fields }) => {
    const of = fields[field]
    return of !== undefined && 'unit' in of ? [{ name, unit: of.unit }] : []
  })
  const [first] = units
  return units
    .filter(({ unit }) => unit.dim !== first?.unit.dim || unit.num * first.unit.den !== first.unit.num * unit.den)
    .map(({ name, unit }) =>
      defect(
        'line-field',
        `${name} has ${field} in ${unit.suffix || unit.dim}, and ${first?.name} in ${first?.unit.suffix || first?.unit.dim}`,
        'ask for the events separately, or log both in one unit',
      ),
    )
}

/** Events whose lines are not asked for. */
export const strangeEvents = ({ events }: LineFilter, named: readonly LogEvent<Fields>[]): Defect[] =>
  named
    .filter((event) => !events.includes(event))
    .map(({ name }) =>
      defect('line-event', `olderThan: these are no lines of ${name}`, 'name an event that lines(…) asks for'),
    )

/** The conditions on fields, and those that cannot be. */
export function lineMatches(
  filter: LineFilter,
  asked: object,
): { readonly where: readonly FieldMatch[]; readonly defects: readonly Defect[] } {
  const made = Object.entries(asked).map(([field, ask]: [string, unknown]) => {
    const negated = typeof ask === 'object' && ask !== null && 'not' in ask
    const given = negated ? ask.not : ask
    const values = (Array.isArray(given) ? given : [given]) as FieldMatch['values']
    return {
      match: Object.freeze({ field, values: Object.freeze([...values]), negated }),
      defects: [
        ...fieldDefects(filter, field),
        ...(values.length > 0
          ? []
          : [defect('line-match', `where: the list of values of ${field} is empty`, 'give at least one value')]),
        ...filter.events.flatMap(({ name, fields }) =>
          values.flatMap((value) => valueDefects(name, field, fields[field], value)),
        ),
      ],
    }
  })
  return {
    where: Object.freeze([...filter.where, ...made.map(({ match }) => match)]),
    defects: made.flatMap((one) => one.defects),
  }
}

/** The defects of a field that some of the events do not have, or have as something else. */
export function fieldDefects(
  { events }: LineFilter,
  field: string,
  fits: (of: Field) => boolean = () => true,
  expected = '',
): Defect[] {
  return events.flatMap(({ name, fields }) => {
    const declared = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (declared === undefined)
      return [
        defect(
          'line-field',
          `${name} has no field '${field}', expected one of ${Object.keys(fields).join(', ') || 'none'}`,
          'use a field that all of these events have, or fewer events',
        ),
      ]
    return fits(declared)
      ? []
      : [defect('line-field', `the field ${field} of ${name} is not ${expected}`, `use ${expected}`)]
  })
}

function valueDefects(event: string, field: string, of: Field | undefined, value: unknown): Defect[] {
  if (of === undefined) return []
  const fits =
    'values' in of
      ? of.values.some((known) => known === value)
      : of.type === 'number'
        ? typeof value === 'number' && Number.isFinite(value)
        : typeof value === of.type
  const expected =
    'values' in of ? `one of ${of.values.join(', ')}` : of.type === 'string' ? 'a string' : `a ${of.type}`
  return fits
    ? []
    : [
        defect(
          'line-match',
          `where: ${field} of ${event} is never ${JSON.stringify(value)}, expected ${expected}`,
          'use a value that the event can have',
        ),
      ]
}

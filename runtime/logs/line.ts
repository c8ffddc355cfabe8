import type { Field, Fields } from '../../definitions/language/log-event.ts'
import { longestText } from '../../definitions/language/log-line.ts'
import { display, quoteList } from '../display.ts'

/** The fields of a line, and what is wrong with what the bot passed in. */
interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>
  readonly faults: readonly string[]
}

/** The declared fields in declaration order; undeclared ones go under `undeclared`, so that nothing passed in is lost. */
export function lineOf(fields: Fields, given: unknown): LogLine {
  const faults: string[] = []
  if (typeof given !== 'object' || given === null)
    return {
      fields: given === undefined ? {} : { undeclared: display(given) },
      faults: [`the fields are ${display(given)}, expected ${quoteList(Object.keys(fields))}`],
    }
  const values = given as Readonly<Record<string, unknown>>
  const written: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name]
    const expected = expectedOf(field, value)
    if (expected !== null) faults.push(`${name} is ${display(value)}, expected ${expected}`)
    if (value !== undefined) written[name] = writtenForm(value)
  }
  const undeclared = Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !Object.hasOwn(fields, name))
      .map(([name, value]) => [name, writtenForm(value)]),
  )
  const more = Object.keys(undeclared)
  if (more.length === 0) return { fields: written, faults }
  faults.push(`${quoteList(more)} ${more.length === 1 ? 'is' : 'are'} not declared`)
  return { fields: { ...written, undeclared }, faults }
}

/** A value as it is written: a long text shortened, half a character replaced, a number that JSON does not have as a string. */
function writtenForm(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value).replace(/\p{Surrogate}/gu, '\ufffd')
  return typeof value === 'number' && !Number.isFinite(value) ? `${value}` : value
}

const shortened = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText)}… (${text.length - longestText} more characters)` : text

/** What a field should have been; null if it is valid. */
function expectedOf(field: Field, value: unknown): string | null {
  if ('values' in field)
    return field.values.some((known) => known === value) ? null : `one of ${quoteList(field.values)}`
  switch (field.type) {
    case 'string':
      return typeof value === 'string' ? null : 'a string'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'a finite number'
    case 'boolean':
      return typeof value === 'boolean' ? null : 'true or false'
  }
}

import type { Field, Fields } from '../../definitions/language/log-event.ts'
import { display, quoteList } from '../display.ts'

/** The fields of a line, and what is wrong with what the bot passed in. */
interface LogLine {
  readonly fields: Readonly<Record<string, unknown>>
  readonly faults: readonly string[]
}

/** The keys of every line, which no field may use. */
export const lineWords = Object.freeze(['level', 'ts', 'bot', 'event', 'msg', 'faults', 'undeclared'] as const)

const longest = 10_000

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
    if (value !== undefined)
      written[name] =
        typeof value === 'string' && value.length > longest
          ? `${value.slice(0, longest)}… (${value.length - longest} more characters)`
          : typeof value === 'number' && !Number.isFinite(value)
            ? `${value}`
            : value
  }
  const undeclared = Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(fields, name)))
  const more = Object.keys(undeclared)
  if (more.length === 0) return { fields: written, faults }
  faults.push(`${quoteList(more)} ${more.length === 1 ? 'is' : 'are'} not declared`)
  return { fields: { ...written, undeclared }, faults }
}

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

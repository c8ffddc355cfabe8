import { lineWords } from '../../../definitions/language/log-line.ts'
import type { Contract } from '../../contract/schema.ts'
import { nearest } from '../../text/nearest.ts'
import { listOrNone } from '../violation.ts'
import { shownName, shownValue } from './shown.ts'
import type { LogFlaw } from './violation.ts'

export type ContractEvent = Contract['events'][number]
type ContractField = ContractEvent['fields'][string]

const keys: ReadonlySet<string> = new Set(lineWords)

/** The fields of a line that differ from those of its event. */
export function fieldFlaws(event: ContractEvent, line: Readonly<Record<string, unknown>>): readonly LogFlaw[] {
  const declared = Object.entries(event.fields)
  const { undeclared } = line
  const extra = [
    ...Object.keys(line).filter((name) => !keys.has(name)),
    ...(typeof undeclared === 'object' && undeclared !== null ? Object.keys(undeclared) : []),
  ].filter((name) => !Object.hasOwn(event.fields, name))
  return [
    ...declared.flatMap(([name, field]) => {
      const flaw = Object.hasOwn(line, name) ? wrongValue(name, field, line[name]) : missing(name, field)
      return flaw === null ? [] : [{ ...flaw, event: event.name, of: name }]
    }),
    ...extra.map((name): LogFlaw => {
      const absent = declared.map(([one]) => one).filter((one) => !Object.hasOwn(line, one))
      const question = nearest(name, absent)
      return {
        code: 'extra',
        event: event.name,
        of: name,
        given: shownName(name),
        expected: `only ${listOrNone(Object.keys(event.fields))}`,
        fix: question === '' ? 'declare the field, or do not log it' : question,
      }
    }),
  ]
}

type Flaw = Omit<LogFlaw, 'event' | 'of'>

const missing = (name: string, field: ContractField): Flaw => ({
  code: 'missing',
  given: `no ${name}`,
  expected: `${name}: ${kindOf(field)}`,
  fix: `pass ${name}: whatever reads it misses this line`,
})

function wrongValue(name: string, field: ContractField, value: unknown): Flaw | null {
  const given = `${name}: ${shownValue(name, value)}`
  const expected = kindOf(field)
  if ('values' in field) {
    if (typeof value !== 'string') return { code: 'type', given, expected, fix: `pass ${expected}` }
    if (field.values.includes(value)) return null
    const question = nearest(value.toLowerCase(), field.values)
    return {
      code: 'value',
      given,
      expected,
      fix: question === '' ? 'declare the value, or log a declared one' : question,
    }
  }
  if (typeof value === field.type && (typeof value !== 'number' || Number.isFinite(value))) return null
  return { code: 'type', given, expected, fix: fixOf(field.type, value) }
}

function fixOf(type: 'string' | 'number' | 'boolean', value: unknown): string {
  if (value === null) return 'pass a value, or do not log the line: null is not a value'
  if (type === 'number' && isNaNText(value)) return 'pass a finite number, or do not log the line'
  if (typeof value === 'string' && type !== 'string') return `pass ${words[type]}, not text`
  return `pass ${words[type]}`
}

const isNaNText = (value: unknown) =>
  (typeof value === 'number' || typeof value === 'string') && /^(?:-?inf(?:inity)?|nan)$/i.test(`${value}`)

const words = { string: 'a string', number: 'a finite number', boolean: 'true or false' } as const

const kindOf = (field: ContractField): string =>
  'values' in field
    ? listOrNone(
        field.values.map((value) => JSON.stringify(value)),
        12,
      )
    : words[field.type]

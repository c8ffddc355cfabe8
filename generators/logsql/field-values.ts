import type { Field, Fields, LogEvent } from '../../definitions/language/log-event.ts'

/** The values that a field can have in lines of these events; null if it can have any, or none of them has it. */
export function fieldValues(field: string, events: readonly LogEvent<Fields>[]): readonly string[] | null {
  const declared = events.flatMap(({ fields }): readonly Field[] =>
    Object.hasOwn(fields, field) ? [fields[field] as Field] : [],
  )
  const values = declared.map((of) => ('values' in of ? of.values : of.type === 'boolean' ? ['true', 'false'] : null))
  return values.length === 0 || values.includes(null) ? null : [...new Set(values.flatMap((some) => some ?? []))]
}

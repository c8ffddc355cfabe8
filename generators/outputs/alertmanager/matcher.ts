import { verbatim } from '../../text/verbatim.ts'

/** An Alertmanager matcher: the label has this value. */
export const equals = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`

/** An Alertmanager matcher: the label does not have this value. */
export const differs = (label: string, value: string): string => `${label}!=${JSON.stringify(value)}`

/** An Alertmanager matcher: the label has one of these values. */
export const anyOf = (label: string, values: readonly string[]): string => {
  const [only, ...more] = values
  if (only !== undefined && more.length === 0) return equals(label, only)
  return `${label}=~${JSON.stringify(values.map(verbatim).join('|'))}`
}

/** A matcher of Alertmanager: the label has this value. */
export const equals = (label: string, value: string): string => `${label}=${JSON.stringify(value)}`

/** A matcher of Alertmanager: the label has one of these values. */
export const anyOf = (label: string, values: readonly string[]): string => {
  const [only, ...more] = values
  if (only !== undefined && more.length === 0) return equals(label, only)
  return `${label}=~${JSON.stringify(values.map(quoted).join('|'))}`
}

/** A value as RE2 takes it literally. */
const quoted = (value: string) => value.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')

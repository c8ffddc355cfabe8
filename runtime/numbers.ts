/** A sample's value as both exposition formats write it. */
export const numberText = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? '+Inf' : value === Number.NEGATIVE_INFINITY ? '-Inf' : `${value}`

/** A bucket's bound as Prometheus stores it (Go's shortest form, with `.0` where whole), so that `le` reads the same in every format and version. */
export function boundText(bound: number): string {
  const [mantissa, exponent] = (bound === 0 ? 0 : bound).toExponential().split('e') as [string, string]
  const power = Number(exponent)
  if (power < -4 || power >= 6) {
    const digits = `${Math.abs(power)}`.padStart(2, '0')
    return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`
  }
  const plain = `${bound === 0 ? 0 : bound}`
  return plain.includes('.') ? plain : `${plain}.0`
}

/** A finite number; strings that look like one are none. */
export const isNumber = (value: unknown): value is number => typeof value === 'number' && value - value === 0

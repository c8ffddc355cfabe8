/** A sample value as both exposition formats write it. */
export const numberText = (value: number): string =>
  value === Number.POSITIVE_INFINITY ? '+Inf' : value === Number.NEGATIVE_INFINITY ? '-Inf' : `${value}`

/** A bucket bound as Prometheus stores it (Go's shortest form, `.0` for whole numbers), so that `le` is the same in every format and version. */
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

/** Whether the value is a finite number; numeric strings are not. */
export const isFiniteNumber = (value: unknown): value is number => typeof value === 'number' && value - value === 0

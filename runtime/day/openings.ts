/** A value captured for a day; times are milliseconds since 1970. */
export interface Opening {
  /** When the day began. */
  readonly start: number
  readonly value: number
  readonly capturedAt: number
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** The text of a state file. */
export const stateTextOf = (openings: readonly Opening[]): string => {
  const days = openings.map(({ start, value, capturedAt }) => ({
    start: iso(start),
    value,
    capturedAt: iso(capturedAt),
  }))
  return `${JSON.stringify({ days }, null, 2)}\n`
}

/** The openings in the text of a state file; null if it is anything else. */
export function openingsIn(text: string): readonly Opening[] | null {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  const days = (given as { readonly days?: unknown } | null)?.days
  if (!Array.isArray(days)) return null
  const openings = days.map((day: Partial<Record<string, unknown>> | null) => ({
    start: timeOf(day?.['start']),
    value: day?.['value'],
    capturedAt: timeOf(day?.['capturedAt']),
  }))
  return openings.every(({ start, value, capturedAt }) => [start, value, capturedAt].every(Number.isFinite))
    ? (openings as readonly Opening[])
    : null
}

const timeOf = (text: unknown): number => (typeof text === 'string' ? Date.parse(text) : Number.NaN)

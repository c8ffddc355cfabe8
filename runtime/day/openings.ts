import { isFiniteNumber } from '../numbers.ts'
import { afterTransfer } from '../state/after-transfer.ts'

/** A value captured for a day; times are milliseconds since 1970. */
export interface Opening {
  /** When the day began. */
  readonly start: number
  readonly value: number
  readonly capturedAt: number
  /** Null if nobody says what is transferred. */
  readonly transfers: Transfers | null
}

/** What was transferred since the day began. */
interface Transfers {
  /** The sum of all transfers when the value was captured. */
  readonly before: number
  /** The sum of all transfers when it was last looked at. */
  readonly total: number
  /** The opening value, moved in proportion by each transfer since. */
  readonly basis: number
}

/** A value as it was last known. */
export interface LastValue {
  readonly value: number
  /** Milliseconds since 1970. */
  readonly at: number
  /** The sum of all transfers then; null if nobody says what is transferred. */
  readonly transferred: number | null
}

/** What a state file keeps. */
interface OpeningState {
  readonly openings: readonly Opening[]
  /** Null in the file of a version that did not keep it. */
  readonly last: LastValue | null
}

/** Nothing was transferred yet. */
const noTransfers = (value: number, total: number): Transfers => Object.freeze({ before: total, total, basis: value })

/** The opening after a look at the value and the sum of all transfers; the same one if nothing was transferred since the last look. */
export function withTransfers(opening: Opening, value: number, total: number): Opening {
  const { transfers } = opening
  if (transfers === null) return Object.freeze({ ...opening, transfers: noTransfers(opening.value, total) })
  if (transfers.total === total) return opening
  const basis = afterTransfer(transfers.basis, value, total - transfers.total)
  return Object.freeze({ ...opening, transfers: Object.freeze({ before: transfers.before, total, basis }) })
}

/** The opening of a day that begins with a value, after a look at the value and the sum of all transfers; null if nobody says what is transferred. */
export function openingOf(
  start: number,
  { value, at, transferred }: LastValue,
  looked: { readonly value: number; readonly sum: number } | null,
): Opening {
  const opening = { start, value, capturedAt: at }
  if (looked === null) return Object.freeze({ ...opening, transfers: null })
  const transfers = noTransfers(value, transferred ?? looked.sum)
  return withTransfers(Object.freeze({ ...opening, transfers }), looked.value, looked.sum)
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** The text of a state file. */
export const stateTextOf = ({ openings, last }: OpeningState): string => {
  const days = openings.map(({ start, value, capturedAt, transfers }) => ({
    start: iso(start),
    value,
    capturedAt: iso(capturedAt),
    ...(transfers === null ? {} : { transfers }),
  }))
  const kept = last === null ? {} : { last: { ...last, at: iso(last.at) } }
  return `${JSON.stringify({ days, ...kept }, null, 2)}\n`
}

/** What the text of a state file keeps; null if it is anything else. */
export function openingStateIn(text: string): OpeningState | null {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return null
  }
  const { days, last } = (given ?? {}) as { readonly days?: unknown; readonly last?: unknown }
  if (!Array.isArray(days)) return null
  const openings = days.map((day: Partial<Record<string, unknown>> | null) => ({
    start: timeOf(day?.['start']),
    value: day?.['value'],
    capturedAt: timeOf(day?.['capturedAt']),
    transfers: transfersIn(day?.['transfers']),
  }))
  return openings.every(({ start, value, capturedAt }) => [start, value, capturedAt].every(Number.isFinite))
    ? Object.freeze({ openings: openings as readonly Opening[], last: lastIn(last) })
    : null
}

function lastIn(given: unknown): LastValue | null {
  const { value, at, transferred } = (given ?? {}) as Partial<Record<keyof LastValue, unknown>>
  const ms = timeOf(at)
  return isFiniteNumber(value) && isFiniteNumber(ms)
    ? Object.freeze({ value, at: ms, transferred: isFiniteNumber(transferred) ? transferred : null })
    : null
}

/** A file of a version that knew no transfers has none. */
function transfersIn(given: unknown): Transfers | null {
  const { before, total, basis } = (given ?? {}) as Partial<Transfers>
  return isFiniteNumber(before) && isFiniteNumber(total) && isFiniteNumber(basis)
    ? Object.freeze({ before, total, basis })
    : null
}

const timeOf = (text: unknown): number => (typeof text === 'string' ? Date.parse(text) : Number.NaN)

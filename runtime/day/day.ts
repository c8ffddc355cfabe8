import type { Day } from '../../definitions/language/metrics.ts'
import { display } from '../display.ts'

/** The days of a time zone; all times are milliseconds since 1970. */
export interface DayBoundaries {
  /** When the day that contains this time began; NaN if the argument is not a time. */
  readonly startOf: (ms: number) => number
  /** When the next day begins; NaN if the argument is not a time. */
  readonly endOf: (ms: number) => number
}

const second = 1000
const hourMs = 3600 * second
const dayMs = 24 * hourMs

/** More than the local time of any place ever differed from UTC. */
const mostOffset = 16 * hourMs
/** No time zone changes its offset twice within this time. */
const step = 8 * hourMs
/** The range of Date, less the days that are looked at around a time. */
const latest = 8.64e15 - 7 * dayMs

/**
 * Creates the days that begin at `startsAt` in `timeZone`, by default at midnight UTC. A day begins when the local clock first
 * reaches `startsAt` on its date: once if a clock change repeats that time, and right after the change if it skips it.
 */
export function createDay({ startsAt = '00:00', timeZone = 'UTC' }: Partial<Day> = {}): DayBoundaries {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(startsAt) ?? []
  if (hours === undefined)
    throw new RangeError(`createDay: startsAt is ${display(startsAt)}, expected a time from 00:00 to 23:59`)
  const begin = (Number(hours) * 60 + Number(minutes)) * 60 * second
  const offsetAt = offsetsOf(timeZone)
  const startOn = (date: number): number => firstReaching(date * dayMs + begin, offsetAt)

  let known = { start: Number.NaN, end: Number.NaN }
  const dayOf = (ms: number): typeof known => {
    if (known.start <= ms && ms < known.end) return known
    if (!(Math.abs(ms) <= latest)) return { start: Number.NaN, end: Number.NaN }
    const date = Math.floor((ms + offsetAt(ms)) / dayMs)
    // The local clock may have been on the next date before it went back over midnight, and a date may be skipped altogether.
    const starts = [date - 1, date, date + 1, date + 2, date + 3].map(startOn)
    known = {
      start: starts.findLast((start) => start <= ms) as number,
      end: starts.find((start) => start > ms) as number,
    }
    return known
  }
  return Object.freeze({ startOf: (ms: number) => dayOf(ms).start, endOf: (ms: number) => dayOf(ms).end })
}

/** The first time at which the local clock, written as if it were UTC, is at `target` or later. */
function firstReaching(target: number, offsetAt: (ms: number) => number): number {
  const end = target + mostOffset
  for (let from = target - mostOffset; from < end; ) {
    const offset = offsetAt(from)
    const until = endOfOffset(from, end, offset, offsetAt)
    const reached = Math.max(from, target - offset)
    if (reached < until) return reached
    from = until
  }
  return end
}

/** When the offset that applies at `from` ends, to the second; `end` if it applies until then. */
function endOfOffset(from: number, end: number, offset: number, offsetAt: (ms: number) => number): number {
  for (let before = from; before < end; before += step) {
    let after = Math.min(before + step, end)
    if (offsetAt(after) === offset) continue
    let same = before
    while (after - same > second) {
      const middle = same + Math.floor((after - same) / 2 / second) * second
      if (offsetAt(middle) === offset) same = middle
      else after = middle
    }
    return after
  }
  return end
}

/** The time by which the local clock is ahead of UTC. */
function offsetsOf(timeZone: string): (ms: number) => number {
  const clock = clockOf(timeZone)
  return (ms) => {
    const parts: Record<string, number> = {}
    for (const { type, value } of clock.formatToParts(ms)) parts[type] = Number(value)
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second: s = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, s) - Math.floor(ms / second) * second
  }
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  } catch {
    throw new RangeError(
      `createDay: timeZone is ${display(timeZone)}, expected an IANA name such as UTC or America/New_York`,
    )
  }
}

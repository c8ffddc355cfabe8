import type { TradingDay } from '../../../definitions/mcbot/day.ts'

const dayMs = 86_400_000

/** Numbers trading days: maps a time in milliseconds since 1970 to a number that increases by one at each start of day. */
export function createDayNumber({ startsAt, timeZone }: TradingDay): (ms: number) => number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  return (ms) => {
    const parts = Object.fromEntries(clock.formatToParts(ms).map(({ type, value }) => [type, value]))
    const date = Date.UTC(Number(parts['year']), Number(parts['month']) - 1, Number(parts['day'])) / dayMs
    return `${parts['hour']}:${parts['minute']}` >= startsAt ? date : date - 1
  }
}

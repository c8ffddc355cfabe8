const form = /^(\d{4})-(\d\d)-(\d\d)(T| )(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/

/** The milliseconds since 1970 of a time in a log, or what is wrong with how it is written. */
export function readTime(text: string): number | 'no zone' | 'not ISO 8601' {
  const [, ...parts] = form.exec(text) ?? []
  const [year, month, day, between, hour, minute, second, fraction = '', zone] = parts
  const date = [year, month, day].map(Number) as [number, number, number]
  const clock = [hour, minute, second].map(Number) as [number, number, number]
  if (year === undefined || !isDate(date) || !isClock(clock)) return 'not ISO 8601'
  if (zone === undefined) return 'no zone'
  if (between !== 'T' || text.includes(',')) return 'not ISO 8601'
  const seconds = daysSince1970(date) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
  return (seconds - offset(zone)) * 1000 + Math.floor(Number(`0.${fraction || 0}`) * 1000)
}

const offset = (zone: string): number =>
  zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60)

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysOf = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
const isDate = ([year, month, day]: readonly [number, number, number]) =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month)
// 60 is a leap second.
const isClock = ([hour, minute, second]: readonly [number, number, number]) => hour < 24 && minute < 60 && second <= 60

/** In the Gregorian calendar; a year begins in March, so that a leap day is its last. */
function daysSince1970([year, month, day]: readonly [number, number, number]): number {
  const from = month > 2 ? year : year - 1
  const months = (month + 9) % 12
  const leaps = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400)
  return from * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 1 - 719_468
}

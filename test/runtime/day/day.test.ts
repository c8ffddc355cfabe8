import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDay } from '../../../runtime/day/index.ts'
import type { Day } from '../../../runtime/metrics.ts'

const minute = 60_000
const hour = 60 * minute
const iso = (ms: number) => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z')

/** The starts of the days between two times, each with the length of its day in hours. */
function startsBetween(day: Day, from: string, to: string): readonly string[] {
  const { startOf, endOf } = createDay(day)
  const lines: string[] = []
  for (let start = startOf(Date.parse(from)); start < Date.parse(to); start = endOf(start))
    lines.push(`${iso(start)} ${(endOf(start) - start) / hour} h`)
  return lines
}

const changes: readonly (readonly [day: string, from: string, to: string, starts: readonly string[]])[] = [
  // Forward from 02:00 to 03:00 on 8 March, back from 02:00 to 01:00 on 1 November.
  [
    '00:00 America/New_York',
    '2026-03-07T12:00Z',
    '2026-03-10T00:00Z',
    ['2026-03-07T05:00Z 24 h', '2026-03-08T05:00Z 23 h', '2026-03-09T04:00Z 24 h'],
  ],
  [
    '00:00 America/New_York',
    '2026-10-31T12:00Z',
    '2026-11-03T00:00Z',
    ['2026-10-31T04:00Z 24 h', '2026-11-01T04:00Z 25 h', '2026-11-02T05:00Z 24 h'],
  ],
  // In the hour that is skipped, and in the one that is repeated.
  [
    '02:30 America/New_York',
    '2026-03-07T12:00Z',
    '2026-03-10T00:00Z',
    ['2026-03-07T07:30Z 23.5 h', '2026-03-08T07:00Z 23.5 h', '2026-03-09T06:30Z 24 h'],
  ],
  [
    '01:30 America/New_York',
    '2026-10-31T12:00Z',
    '2026-11-03T00:00Z',
    ['2026-10-31T05:30Z 24 h', '2026-11-01T05:30Z 25 h', '2026-11-02T06:30Z 24 h'],
  ],
  [
    '17:00 America/New_York',
    '2026-10-31T12:00Z',
    '2026-11-02T00:00Z',
    ['2026-10-30T21:00Z 24 h', '2026-10-31T21:00Z 25 h', '2026-11-01T22:00Z 24 h'],
  ],
  // Forward from 02:00 to 03:00 on 29 March, back from 03:00 to 02:00 on 25 October.
  [
    '02:15 Europe/Berlin',
    '2026-03-28T12:00Z',
    '2026-03-31T00:00Z',
    ['2026-03-28T01:15Z 23.75 h', '2026-03-29T01:00Z 23.25 h', '2026-03-30T00:15Z 24 h'],
  ],
  [
    '02:15 Europe/Berlin',
    '2026-10-24T12:00Z',
    '2026-10-27T00:00Z',
    ['2026-10-24T00:15Z 24 h', '2026-10-25T00:15Z 25 h', '2026-10-26T01:15Z 24 h'],
  ],
  // Forward at midnight, so that 4 November 2018 began at 01:00; back at midnight, so that 17 February 2018 had 25 hours.
  [
    '00:00 America/Sao_Paulo',
    '2018-11-03T12:00Z',
    '2018-11-06T00:00Z',
    ['2018-11-03T03:00Z 24 h', '2018-11-04T03:00Z 23 h', '2018-11-05T02:00Z 24 h'],
  ],
  [
    '00:00 America/Sao_Paulo',
    '2018-02-16T12:00Z',
    '2018-02-19T00:00Z',
    ['2018-02-16T02:00Z 24 h', '2018-02-17T02:00Z 25 h', '2018-02-18T03:00Z 24 h'],
  ],
  [
    '23:30 America/Sao_Paulo',
    '2018-02-16T12:00Z',
    '2018-02-19T00:00Z',
    ['2018-02-16T01:30Z 24 h', '2018-02-17T01:30Z 24 h', '2018-02-18T01:30Z 25 h'],
  ],
  [
    '00:00 Asia/Beirut',
    '2025-03-29T12:00Z',
    '2025-04-01T00:00Z',
    ['2025-03-28T22:00Z 24 h', '2025-03-29T22:00Z 23 h', '2025-03-30T21:00Z 24 h', '2025-03-31T21:00Z 24 h'],
  ],
  [
    '00:00 Asia/Beirut',
    '2025-10-24T12:00Z',
    '2025-10-27T00:00Z',
    ['2025-10-23T21:00Z 24 h', '2025-10-24T21:00Z 25 h', '2025-10-25T22:00Z 24 h', '2025-10-26T22:00Z 24 h'],
  ],
  // By half an hour: back from 02:00 to 01:30 on 5 April, forward from 02:00 to 02:30 on 4 October.
  [
    '01:45 Australia/Lord_Howe',
    '2026-04-04T00:00Z',
    '2026-04-06T12:00Z',
    ['2026-04-03T14:45Z 24 h', '2026-04-04T14:45Z 24.5 h', '2026-04-05T15:15Z 24 h'],
  ],
  [
    '02:10 Australia/Lord_Howe',
    '2026-10-03T00:00Z',
    '2026-10-05T12:00Z',
    ['2026-10-02T15:40Z 23.833333333333332 h', '2026-10-03T15:30Z 23.666666666666668 h', '2026-10-04T15:10Z 24 h'],
  ],
  // Back from 00:01 to 23:01: the hour that repeats belongs to the day that had begun already.
  [
    '00:00 America/St_Johns',
    '2006-10-28T12:00Z',
    '2006-10-31T00:00Z',
    ['2006-10-28T02:30Z 24 h', '2006-10-29T02:30Z 25 h', '2006-10-30T03:30Z 24 h'],
  ],
  // From 01:00 back to midnight, which occurs twice.
  [
    '00:00 America/Havana',
    '2025-11-01T12:00Z',
    '2025-11-04T00:00Z',
    ['2025-11-01T04:00Z 24 h', '2025-11-02T04:00Z 25 h', '2025-11-03T05:00Z 24 h'],
  ],
  // 30 December 2011 was left out.
  [
    '00:00 Pacific/Apia',
    '2011-12-28T12:00Z',
    '2012-01-01T00:00Z',
    ['2011-12-28T10:00Z 24 h', '2011-12-29T10:00Z 24 h', '2011-12-30T10:00Z 24 h', '2011-12-31T10:00Z 24 h'],
  ],
]
const dayOf = (text: string) => {
  const [startsAt, timeZone] = text.split(' ')
  return { startsAt, timeZone } as Day
}

for (const [day, from, to, starts] of changes)
  test(`days at ${day} from ${from} begin once each`, () => {
    assert.deepEqual(startsBetween(dayOf(day), from, to), starts)
  })

/** Dates at which the clock changes. */
const changedOn = {
  'America/New_York': ['2026-03-08', '2026-11-01'],
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/Sao_Paulo': ['2018-02-18', '2018-11-04'],
  'Africa/Cairo': ['2025-04-25', '2025-10-31'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
}

for (const [timeZone, dates] of Object.entries(changedOn))
  test(`in ${timeZone} a day begins at the minute at which the clock first shows its start or later, at any start`, () => {
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
    for (const date of dates) {
      const minutes = Array.from({ length: 4 * 24 * 60 }, (_, i) => Date.parse(date) - 2 * 24 * hour + i * minute)
      const shown = minutes.map((ms) => clock.format(ms))
      for (let from = 0; from < 24 * hour; from += 45 * minute) {
        const startsAt = new Date(from).toISOString().slice(11, 16)
        const { startOf, endOf } = createDay({ startsAt, timeZone } as Day)
        const begun = new Set<string>()
        for (const [i, ms] of minutes.entries()) {
          const [today, time] = (shown[i] as string).split(' ') as [string, string]
          const isStart = time >= startsAt && !begun.has(today)
          if (isStart) begun.add(today)
          assert.ok(startOf(ms) <= ms && ms < endOf(ms), `${startsAt} ${iso(ms)}`)
          // The first day began before the first minute.
          if (begun.size > 1) assert.equal(startOf(ms) === ms, isStart, `${startsAt} ${iso(ms)}`)
        }
        assert.ok(begun.size >= 4)
      }
    }
  })

test('times go from one day to another and back, in any order', () => {
  const { startOf } = createDay({ startsAt: '00:00', timeZone: 'Europe/Berlin' })
  const times = [
    '2026-03-29T12:00Z',
    '2026-03-28T12:00Z',
    '1970-01-01T00:00Z',
    '2026-03-29T12:00Z',
    '2100-01-01T00:00Z',
  ]
  assert.deepEqual(
    times.map((time) => iso(startOf(Date.parse(time)))),
    ['2026-03-28T23:00Z', '2026-03-27T23:00Z', '1969-12-31T23:00Z', '2026-03-28T23:00Z', '2099-12-31T23:00Z'],
  )
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, 1e18]) assert.equal(startOf(ms), Number.NaN)
})

test('a wrong time zone or time of day is an error with the expected form', () => {
  const wrong = (day: object) => () => createDay(day)
  assert.throws(wrong({ timeZone: 'New York' }), {
    message: "createDay: timeZone is 'New York', expected an IANA name such as UTC or America/New_York",
  })
  assert.throws(wrong({ startsAt: '24:00' }), {
    message: "createDay: startsAt is '24:00', expected a time from 00:00 to 23:59",
  })
})

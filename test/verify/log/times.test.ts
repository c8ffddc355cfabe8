import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingRows, line } from './fixture.ts'

const iso = 'ISO 8601 with a zone, such as 2026-11-30T09:00:00.000Z'
const readTime = 'the collector uses the time at which it reads the line instead'

/** The lines of a file, and everything that is then reported. */
const table: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  [
    'times that are not ISO 8601 with a zone',
    [
      line(1, { ts: undefined }),
      line(2, { ts: '2026-11-30T11:00:00.200' }),
      line(3, { ts: '2026-11-30 11:00:00,300' }),
      line(4, { ts: 1_796_036_400.4 }),
      line(5, { ts: '30.11.2026 11:00' }),
      line(6, { ts: '2026-02-29T11:00:00Z' }),
      line(7, { ts: '2026-11-30T20:00:00.7+09:00' }),
      line(8, { ts: '2026-11-30T11:00:00.800000Z' }),
    ],
    [
      ['time', '1 × 1', 'no ts', `ts: ${iso}`, `write the time: ${readTime}`],
      [
        'time',
        '2 × 2',
        'ts: "2026-11-30T11:00:00.200"',
        iso,
        'write UTC and Z: without a zone, the collector reads it as the local time of its own machine',
      ],
      ['time', '4 × 1', 'ts: 1796036400.4', iso, 'write the time as text, as the runtime does'],
      ['time', '5 × 2', 'ts: "30.11.2026 11:00"', iso, `write it as ISO 8601: ${readTime}`],
    ],
  ],
  [
    'a time in the future, which does not make the next line late',
    [
      line(1, { ts: '2026-11-30T12:00:59Z' }),
      line(2, { ts: '2026-11-30T12:01:01Z' }),
      line(3, { ts: '2026-11-30T12:01:00Z' }),
    ],
    [
      [
        'time',
        '2 × 1',
        'ts: "2026-11-30T12:01:01Z"',
        'not later than now',
        'set the clock of that machine: VictoriaLogs refuses lines from more than two days ahead',
      ],
    ],
  ],
  [
    'times that go back: each step once, and a few seconds are nothing',
    [
      line(1, { ts: '2026-11-30T11:00:00Z' }),
      line(2, { ts: '2026-11-30T10:59:55Z' }),
      line(3, { ts: '2026-11-30T10:59:54.999Z' }),
      line(4, { ts: '2026-11-30T10:59:58Z' }),
      line(1, { run: 'r2', ts: '2026-11-30T09:00:00Z' }),
      line(2, { run: 'r2', ts: '2026-11-30T08:59:00Z' }),
    ],
    [
      [
        'time',
        '3 × 2',
        'ts: "2026-11-30T10:59:54.999Z", 5s before an earlier line',
        'times that do not go back',
        'slew the clock of that machine instead of stepping it',
      ],
    ],
  ],
]

for (const [name, lines, expected] of table)
  test(`${name}: exactly these findings`, async () => {
    assert.deepEqual(await findingRows(lines), expected)
  })

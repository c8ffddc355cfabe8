import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  afterLook,
  isBack,
  isSettled,
  lastArrival,
  type SourceState,
  secondsText,
  silenceOf,
  unknownSource,
} from '../../../generators/outputs/relay/program/silence.ts'

const source = {
  name: 'prometheus',
  title: 'Prometheus',
  watchdog: { alertname: 'Watchdog' },
  labels: {},
  every: 50,
  awayLimit: 60,
  quietLimit: 105,
  health: [],
}

/** A look: second, when the Watchdog arrived last, and whether the source answers. */
type Look = readonly [at: number, updatedAt: string | null, isHealthy: boolean]

/** The state after a start at second 0 and these looks. */
const after = (looks: readonly Look[]): SourceState =>
  looks.reduce((state, [at, updatedAt, isHealthy]) => afterLook(state, at, { updatedAt, isHealthy }), unknownSource(0))

const works: readonly Look[] = [
  [5, 'a', true],
  [75, 'b', true],
]
const table: readonly (readonly [what: string, looks: readonly Look[], at: number, reason: string | null])[] = [
  ['it works', works, 80, null],
  ['its Watchdog is as late as it may be', [...works, [175, 'b', true]], 180, null],
  [
    'it answers but evaluates nothing',
    [...works, [180, 'b', true]],
    181,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  ['it has been away for a minute', [...works, [135, 'b', false]], 135, null],
  ['it has been away for longer', [...works, [140, 'b', false]], 140, 'Prometheus has not answered for 1m5s'],
  [
    'its health URL alone fails, for example behind a login that was added: its Watchdog arrives',
    [...works, [80, 'b', false], [145, 'c', false], [200, 'c', false]],
    200,
    null,
  ],
  [
    'its health URL alone fails, and then its Watchdog stays away, too',
    [...works, [80, 'b', false], [145, 'c', false], [251, 'c', false]],
    251,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'it restarts when its next Watchdog is due, and has been away for less than a minute',
    [...works, [145, 'b', true], [185, 'b', false]],
    185,
    null,
  ],
  [
    'it does not come back from a restart that began when its next Watchdog was due',
    [...works, [145, 'b', true], [206, 'b', false]],
    206,
    'Prometheus has not answered for 1m1s',
  ],
  ['it never started', [[60, null, false]], 61, 'Prometheus has not answered for 1m1s'],
  ['it started and has not evaluated yet', [[100, null, true]], 105, null],
  [
    'it came back from a restart of 40 s: its Watchdog may take until its rules are loaded',
    [...works, [115, 'b', false], [120, 'b', true], [205, 'b', true]],
    205,
    null,
  ],
  [
    'after its return the Watchdog stays away',
    [...works, [115, 'b', false], [120, 'b', true], [275, 'b', true]],
    275,
    'for 3m20s no evaluation of Prometheus has reached Alertmanager',
  ],
]
for (const [what, looks, at, reason] of table)
  test(`silence of a source: ${what}`, () => assert.equal(silenceOf(source, after(looks), at), reason))

test('after a suspension, or a restart of Alertmanager, every clock starts again, and a reported silence stays', () => {
  const silent = { ...after(works), silentSince: 1, firedBefore: ['BotDown'] }
  const state = unknownSource(1000, silent)
  assert.equal(silenceOf(source, state, 1050), null)
  assert.deepEqual([state.silentSince, state.firedBefore, state.freshSince], [1, ['BotDown'], null])
})

test('a silence ends only after a Watchdog that has arrived since: the first one that is seen may be old', () => {
  const at = (looks: readonly Look[]) => isBack(after(looks))
  assert.deepEqual(
    [
      at([[5, 'old', true]]),
      at([
        [5, 'old', true],
        [75, 'old', true],
      ]),
      at([
        [5, 'old', true],
        [75, 'new', true],
      ]),
      at([
        [5, 'old', true],
        [75, 'new', true],
        [80, 'new', false],
      ]),
    ],
    [false, false, true, false],
  )
})

test('of several Watchdogs the newest counts, since one with labels that have changed stays for minutes', () => {
  const of = (updatedAt: string, more: object = {}) => ({ labels: { alertname: 'Watchdog', ...more }, updatedAt })
  const old = of('2026-11-30T10:00:00.5Z')
  const now = of('2026-11-30T10:01:00.1Z', { team: 'new' })
  const other = { labels: { alertname: 'BotDown' }, updatedAt: '2026-11-30T10:02:00Z' }
  assert.equal(lastArrival(source, [now, old, other]), now.updatedAt)
  assert.equal(lastArrival(source, [old, now, other]), now.updatedAt)
  assert.equal(lastArrival(source, [other]), null)
})

test('a source is settled once everything that fires has had the time to arrive again', () => {
  const state = { ...after(works), freshSince: 100 }
  assert.deepEqual(
    [180, 181].map((at) => isSettled(source, state, at)),
    [false, true],
  )
})

test('times are written as a person writes them', () => {
  assert.deepEqual([0, 0.4, 59.6, 61, 3600, 3725, 90_061].map(secondsText), [
    '0s',
    '0s',
    '1m',
    '1m1s',
    '1h',
    '1h2m',
    '25h1m',
  ])
})

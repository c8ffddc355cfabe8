import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Health } from '../../../generators/outputs/relay/program/alertmanager.ts'
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
  awayLimit: 40,
  quietLimit: 105,
  startLimit: 70,
  health: [],
}

/** A look: second, when the Watchdog arrived last, and whether the source answers, is gone, or is slow. */
type Look = readonly [at: number, updatedAt: string | null, health: boolean | 'slow']

/** The state after a start at second 0 and these looks. */
const after = (looks: readonly Look[]): SourceState =>
  looks.reduce(
    (state, [at, updatedAt, health]) => afterLook(state, at, { updatedAt, health: healthOf(health) }),
    unknownSource(0),
  )
const healthOf = (given: Look[2]): Health => (given === 'slow' ? given : given ? 'answers' : 'gone')

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
  ['it has been away for 40 seconds', [...works, [115, 'b', false]], 115, null],
  ['it has been away for longer', [...works, [120, 'b', false]], 120, 'Prometheus has not answered for 45s'],
  [
    'it has not answered in time for longer',
    [...works, [120, 'b', 'slow']],
    120,
    'Prometheus has not answered for 45s',
  ],
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
    'it restarts when its next Watchdog is due: that may take until it is back and has evaluated',
    [...works, [130, 'b', false], [165, 'b', true], [190, 'b', true]],
    190,
    null,
  ],
  [
    'it does not come back from a restart that began when its next Watchdog was due',
    [...works, [145, 'b', true], [186, 'b', false]],
    186,
    'Prometheus has not answered for 41s',
  ],
  ['it never started', [[40, null, false]], 41, 'Prometheus has not answered for 41s'],
  ['it started and has not evaluated yet', [[100, null, true]], 105, null],
  [
    'it came back from a restart of 40 s: its first Watchdog may get lost, and the second takes another 50 s',
    [...works, [80, 'b', false], [120, 'b', true], [190, 'b', true]],
    190,
    null,
  ],
  [
    'after its return the Watchdog stays away',
    [...works, [80, 'b', false], [120, 'b', true], [191, 'b', true]],
    191,
    'for 1m56s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'it crashes again and again: only the first restart is a reason to wait',
    [
      ...works,
      [80, 'b', false],
      [110, 'b', true],
      [120, 'b', false],
      [150, 'b', true],
      [160, 'b', false],
      [181, 'b', true],
    ],
    181,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'only a process that was gone has restarted: after a slow answer nothing waits',
    [...works, [175, 'b', 'slow'], [181, 'b', true]],
    181,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'it restarts a second time after its Watchdog has arrived again',
    [...works, [80, 'b', false], [90, 'b', true], [100, 'c', true], [150, 'c', false], [185, 'c', true]],
    206,
    null,
  ],
  [
    'it evaluated nothing for a while before it was gone: a restart does not explain that',
    [...works, [180, 'b', false], [181, 'b', true]],
    181,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'it evaluated nothing before a restart, nor after it',
    [...works, [145, 'b', false], [180, 'b', true], [181, 'b', true]],
    181,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'it was gone for longer than a restart takes, while its health URL failed anyway',
    [...works, [80, 'b', 'slow'], [120, 'c', 'slow'], [121, 'c', false], [220, 'c', true], [226, 'c', true]],
    226,
    'for 1m46s no evaluation of Prometheus has reached Alertmanager',
  ],
  [
    'the first Watchdog arrives only after the relay has looked: it counts',
    [
      [5, null, true],
      [60, 'a', true],
      [165, 'a', true],
    ],
    165,
    null,
  ],
]
for (const [what, looks, at, reason] of table)
  test(`silence of a source: ${what}`, () => assert.equal(silenceOf(source, after(looks), at), reason))

test('after a suspension, or a restart of Alertmanager, every clock starts again, and a reported silence stays', () => {
  const silent = { ...after(works), silentSince: 1, firedBefore: ['BotDown'] }
  const state = unknownSource(1000, silent)
  assert.equal(silenceOf(source, state, 1040), null)
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

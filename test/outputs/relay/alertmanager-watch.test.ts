import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type AlertmanagerState,
  afterAnswer,
  breakdownOf,
  unknownAlertmanager,
} from '../../../generators/outputs/relay/program/alertmanager-watch.ts'

/** Looks every five seconds from one time to another; each is answered with a start time, or not. */
type Looks = readonly [from: number, to: number, startedAt: (at: number) => string | null]

function after(...all: readonly Looks[]) {
  let state: AlertmanagerState = unknownAlertmanager(0)
  const forgotten: number[] = []
  const broken: string[] = []
  for (const [from, to, startedAt] of all)
    for (let at = from; at <= to; at += 5) {
      const next = afterAnswer(state, at, startedAt(at))
      state = next.state
      if (next.hasForgotten) forgotten.push(at)
      const breakdown = breakdownOf(state, at)
      if (breakdown !== null) broken.push(`${at}: ${breakdown}`)
    }
  return { workedAt: state.workedAt, forgotten, first: broken[0], last: broken.at(-1) }
}

const one = () => 'one'
const two = () => 'two'
const none = () => null

test('while it answers it works, from a minute after the start on', () => {
  assert.deepEqual(after([5, 60, one]), { workedAt: 0, forgotten: [], first: undefined, last: undefined })
  assert.deepEqual(after([5, 300, one]), { workedAt: 300, forgotten: [], first: undefined, last: undefined })
})

test('a restart, or a gap in which it may have lost alerts, makes it forget; neither is a breakdown', () => {
  assert.deepEqual(after([5, 100, one], [105, 150, none], [155, 400, two]), {
    workedAt: 400,
    forgotten: [155],
    first: undefined,
    last: undefined,
  })
  assert.deepEqual(after([5, 100, one], [105, 115, none], [120, 400, one]).forgotten, [120])
})

test('it does not answer', () => {
  assert.deepEqual(after([5, 100, one], [105, 200, none]).first, '165: it has not answered for 1m5s')
})

test('it keeps restarting, and works only a minute after its last start', () => {
  const crashing = (at: number) => (at % 30 === 0 ? null : `life ${Math.floor(at / 30)}`)
  const { first, last, workedAt } = after([5, 100, one], [105, 400, crashing], [405, 470, two])
  assert.deepEqual(
    [first, last, workedAt],
    [
      '255: it has kept restarting, or answered only now and then, for 2m35s',
      '460: it has kept restarting, or answered only now and then, for 6m',
      470,
    ],
  )
})

test('it answers only now and then', () => {
  assert.deepEqual(
    after([5, 100, one], [105, 300, (at) => (at % 40 === 0 ? 'one' : null)]).first,
    '255: it has kept restarting, or answered only now and then, for 2m35s',
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smallBot } from '../fixtures/small-bot.ts'
import type { FiringTime } from './firing.ts'
import type { SentMessage } from './messages.ts'
import { problemsOf } from './problems.ts'

const alerts = smallBot().alerts
const named = (wanted: string) => alerts.filter(({ name }) => name === wanted)
const [loss, errors] = [named('HighDrawdown'), named('Errors')]

const firing = (alert: string, since: number, from: number): FiringTime => ({
  labels: { alertname: alert },
  since,
  from,
  to: null,
})
const message = (at: number, alert: string, status: SentMessage['status'] = 'FIRING'): SentMessage => ({
  at,
  channel: 'telegram-live',
  status,
  alert,
  severity: 'warning',
  labels: [{ alertname: alert }],
})

test('alerts are reported in the order of the budget', () => {
  const budget = { messages: 9, reports: [...loss, ...errors] }
  const judged = (...messages: readonly SentMessage[]) =>
    problemsOf(budget, { firings: [], messages }, { seenWithin: 10 })
  assert.deepEqual(judged(message(10, 'HighDrawdown'), message(20, 'Errors')), [])
  assert.deepEqual(judged(message(10, 'Errors'), message(20, 'HighDrawdown')), [
    'telegram-live gets Errors and HighDrawdown, expected HighDrawdown and Errors in this order',
  ])
  assert.deepEqual(judged(message(10, 'HighDrawdown'), message(20, 'Errors', 'RESOLVED')), [
    'telegram-live gets HighDrawdown, expected HighDrawdown and Errors in this order',
  ])
  assert.deepEqual(judged(), ['nobody gets HighDrawdown and Errors'])
})

test('the first message comes in time, even if its condition became true right after a scrape', () => {
  const budget = { messages: 9, first: { of: loss, within: '60s' } } as const
  const judged = (at: number) =>
    problemsOf(
      budget,
      { firings: [firing('HighDrawdown', 100, 130)], messages: [message(at, 'HighDrawdown')] },
      { seenWithin: 10 },
    )
  assert.deepEqual(judged(150), [])
  assert.deepEqual(judged(151), [
    'HighDrawdown is sent up to 61 seconds after its condition is true, at most 1 minute expected',
  ])
})

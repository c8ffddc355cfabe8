import assert from 'node:assert/strict'
import { test } from 'node:test'
import { age, catalogue, gauge, type Metric, open } from '../../definitions/language/metrics.ts'

const because = 'it needs 60 daily returns'
const wrong = (of: object) => {
  const { x } = catalogue('bot', { x: of as ReturnType<typeof gauge> })
  return (x as unknown as Metric).defects.map(({ code, message, fix }) => `${code}: ${message}; ${fix}`)
}

test('a deadline that would always be met is a defect, as are two of them and one without a reason', () => {
  assert.deepEqual(wrong(age({ help: 'x', mustBeSetWithin: '5m' })), [
    'must-be-set-age: bot_x must be set within 5m, but an age without open labels is exposed from the start: it would never look unset; remove mustBeSetWithin: the age itself grows until it is first touched',
  ])
  assert.deepEqual(wrong(gauge({ help: 'x', initially: 0, mayBeAbsent: { for: 'forever', because } })), [
    'must-be-set-initially: bot_x may be absent forever, but starts at 0: it would never look unset; remove mayBeAbsent or initially',
  ])
  assert.deepEqual(wrong(gauge({ help: 'x', mustBeSetWithin: '5m', mayBeAbsent: { for: '60d', because } })), [
    'must-be-set-absent: bot_x must be set within 5m, but may be absent for 60d; remove mustBeSetWithin or mayBeAbsent',
  ])
  assert.deepEqual(wrong(gauge({ help: 'x', mayBeAbsent: { for: '60d', because: ' ' } })), [
    'may-be-absent-reason: bot_x may be absent for 60d, but does not say why; give the reason in mayBeAbsent.because, or use mustBeSetWithin',
  ])
  assert.deepEqual(wrong(gauge({ help: 'x', mayBeAbsent: { for: '0s' as '1s', because } })), [
    "duration: bot_x: mayBeAbsent.for: '0s' is zero, expected a longer duration; use a duration above zero",
  ])
})

test('a value that expires needs a duration, and may have a deadline for its first time as well', () => {
  assert.deepEqual(wrong(gauge({ help: 'x', expiresAfter: '1 minute' as '1m' })), [
    "duration: bot_x: expiresAfter: '1 minute' is not a duration; write whole numbers with units, largest first, such as '5m' or '1h30m'",
  ])
  assert.deepEqual(wrong(gauge({ help: 'x', expiresAfter: '1m', mustBeSetWithin: '5m' })), [])
})

test('a series with an open label can have a deadline in any case: it exists only with the first value of the label', () => {
  const labels = { symbol: open({ max: 3 }) }
  assert.deepEqual(wrong(age({ help: 'x', labels, mustBeSetWithin: '5m' })), [])
  assert.deepEqual(wrong(gauge({ help: 'x', labels, initially: 0, mustBeSetWithin: '5m' })), [])
  assert.deepEqual(wrong(gauge({ help: 'x', mayBeAbsent: { for: 'forever', because } })), [])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundText, numberText } from '../../runtime/numbers.ts'

test('a bound is written as Prometheus stores it, so that le is the same in every version', () => {
  const table: readonly (readonly [number, string])[] = [
    [1, '1.0'],
    [0, '0.0'],
    [-0, '0.0'],
    [-20, '-20.0'],
    [0.05, '0.05'],
    [2.5, '2.5'],
    [100000, '100000.0'],
    [1000000, '1e+06'],
    [1234567, '1.234567e+06'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [2.5e-7, '2.5e-07'],
    [1e21, '1e+21'],
    [1e100, '1e+100'],
  ]
  for (const [bound, text] of table) assert.equal(boundText(bound), text)
})

test('a value survives being written and parsed again', () => {
  for (const value of [0, 1, -1.5, 0.1 + 0.2, 1e21, 5e-324, Number.MAX_VALUE, 2 ** 53])
    assert.equal(Number(numberText(value)), value)
})

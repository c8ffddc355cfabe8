import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as words from '../../../runtime/metrics.ts'
import { valueText } from '../../../runtime/status/value-text.ts'

const table: readonly (readonly [number, words.Unit<string>, string])[] = [
  [0, words.items, '0'],
  [1234567, words.items, '1,234,567'],
  [0.12345, words.score, '0.1235'],
  [10523.5, words.usdt, '10,523.50 USDT'],
  [-0.001, words.usdt, '0.00 USDT'],
  [-120.3, words.usd, '−120.30 USD'],
  [1500000.4, words.krw, '1,500,000 KRW'],
  [0.00012345, words.coins, '0.00012345'],
  [12.345, words.percent, '12.35 %'],
  [0.5, words.ratio, '50 %'],
  [20, words.bps, '20 bp'],
  [3 * 2 ** 30, words.bytes, '3 GiB'],
  [512, words.bytes, '512 B'],
  [1, words.flag, 'yes'],
  [0, words.flag, 'no'],
  [0.0042, words.seconds, '4.2 ms'],
  [250, words.ms, '250 ms'],
  [3000, words.ms, '3 s'],
  [59.96, words.seconds, '60 s'],
  [61, words.seconds, '1 min 1 s'],
  [3600, words.seconds, '1 h'],
  [90_000, words.seconds, '1 d 1 h'],
  [-120, words.seconds, '−2 min'],
  [1_000_000 - 42, words.timestamp, '42 s ago'],
  [1_000_000 + 0.4, words.timestamp, '0 ms ago'],
  // the clock was set back
  [1_000_000 + 18_000, words.timestamp, '5 h ahead of the clock'],
  [0, words.timestamp, 'never'],
]
for (const [value, unit, expected] of table)
  test(`${value} in ${unit.dim} is '${expected}'`, () =>
    assert.equal(valueText(value, unit, 1_000_000_000).replaceAll('\u00a0', ' '), expected))

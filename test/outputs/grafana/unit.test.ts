import assert from 'node:assert/strict'
import { test } from 'node:test'
import { perSecondUnit } from '../../../definitions/language/query/dimension.ts'
import {
  bps,
  bytes,
  coins,
  days,
  flag,
  GiB,
  hours,
  items,
  krw,
  MiB,
  minutes,
  ms,
  percent,
  ratio,
  score,
  seconds,
  timestamp,
  type Unit,
  unit,
  usd,
  usdt,
} from '../../../definitions/language/unit.ts'
import { shapeOf } from '../../../generators/outputs/grafana/unit.ts'

const cases: readonly (readonly [Unit<string>, string])[] = [
  [seconds, 's'],
  [ms, 'ms'],
  [minutes, 'm'],
  [hours, 'h'],
  [days, 'd'],
  [timestamp, 'dateTimeAsIso'],
  [bytes, 'bytes'],
  [MiB, 'mbytes'],
  [GiB, 'gbytes'],
  [ratio, 'percentunit'],
  [percent, 'percent'],
  [bps, 'suffix:bp'],
  [usdt, 'currency:financial: USDT:suffix'],
  [usd, 'currency:financial:$'],
  [krw, 'currency:financial:₩'],
  [coins, 'none'],
  [items, 'locale'],
  [flag, 'none'],
  [score, 'none'],
  [perSecondUnit(items), 'suffix:/s'],
  [perSecondUnit(usdt), 'suffix:USDT/s'],
  [perSecondUnit(bytes), 'binBps'],
  [perSecondUnit(seconds), 'short'],
  [unit('eth', 'eth', 'ETH'), 'suffix:ETH'],
  [unit('time', 'weeks', 'w', 604_800), 'suffix:w'],
]
for (const [of, id] of cases)
  test(`Grafana's unit of ${of.suffix || of.dim} is ${id}`, () => {
    assert.equal(shapeOf(of).id, id)
  })

test('a point in time is queried in milliseconds', () => {
  assert.equal(shapeOf(timestamp).factor, 1000)
  assert.equal(shapeOf(unit('timestamp', 'timestamp', 'ms', 1, 1000)).factor, 1)
})

test('counts and money are abbreviated only if the panel says so', () => {
  const ids = [items, usdt, usd, krw, seconds].map((of) => shapeOf(of, true).id)
  assert.deepEqual(ids, ['short', 'count:USDT', 'currencyUSD', 'currencyKRW', 's'])
})

test('money has its unit in the header of a column, a ratio of money in each cell', () => {
  assert.deepEqual(
    [usdt, krw, perSecondUnit(usdt), items].map((of) => shapeOf(of).header),
    ['USDT', 'KRW', '', ''],
  )
})

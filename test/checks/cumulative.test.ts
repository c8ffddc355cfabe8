import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { parse } from '../../generators/promql/parse.ts'
import { exampleBot } from './example-bot.ts'

const world = worldOf(exampleBot())
const recorded = (text: string) => {
  const parsed = parse(text)
  assert.ok(parsed.ok)
  return { expr: parsed.node, every: 15_000 }
}
const records = new Map([
  ['ex:share', recorded('ex_errors_total / increase(ex_errors_total[1h])')],
  ['ex:growing', recorded('increase(ex_errors_total[1h]) / increase(ex_errors_total[6h])')],
])
const look = expressionChecker({ ...world, records }, { only: new Set(['BW301', 'BW302']) })
const codes = (text: string) => look(text, { role: 'alert' }).findings.map(({ code }) => code)

for (const text of [
  'ex_errors_total / increase(ex_errors_total[1h]) > 50',
  '100 * ex_errors_total / rate(ex_errors_total[1h]) > 50',
  'ex_errors_total / rate(ex_errors_total[1h]) * 100 > 50',
  '50 < sum(ex_orders_total) / sum(increase(ex_orders_total[1h]))',
  'sum(ex_orders_total{side="buy"}) / clamp_min(sum(increase(ex_orders_total[1h])), 1) > 0.5',
  'ex_errors_total / (increase(ex_errors_total[1h]) > 0) > 50',
  'ex:share > 50',
  'min_over_time(ex:share[1h]) > 50 and count_over_time(ex:share[1h]) >= 216',
  'max(min_over_time((ex_errors_total / increase(ex_errors_total[1h]))[1h:1m])) > 50',
])
  test(`a raw counter divided by growth counts everything since the start: ${text}`, () => {
    assert.deepEqual(codes(text), ['BW301'])
  })

for (const text of [
  'max by (bot) (ex_orders_total unless ex_errors_total offset 10m) > 0',
  'max by (bot) (ex_orders_total offset 10m unless ex_orders_total) > 0',
  'max by (bot) (ex_orders_total and ex_orders_total offset 10m) > 0',
])
  test(`a raw counter stays past its limit, whatever else is in the expression: ${text}`, () => {
    assert.deepEqual(codes(text), ['BW301'])
  })

for (const text of [
  'increase(ex_errors_total[1h]) / increase(ex_errors_total[6h]) > 0.5',
  'increase(ex_errors_total[1h]) / ex_errors_total > 0.5',
  'ex_queue / rate(ex_errors_total[1h]) > 600',
  'ex:growing > 0.5',
  'min_over_time(ex:growing[1h]) > 0.5',
  'count_over_time(ex:share[1h]) >= 216',
  'ex_errors_total / ex_queue < 50',
  'ex_errors_total / increase(ex_errors_total[1h])',
  'ex_wait_seconds_sum / ex_wait_seconds_count > 5',
  'ex_errors_total / (ex_errors_total offset 1h) > 2',
  'ex_errors_total unless ex_errors_total offset 1d > 0',
  'sum by (side) (ex_orders_total unless ex_orders_total offset 10m) > 0',
  'changes(ex_queue[1h]) > 10',
  'resets(ex_queue[1h]) > 10',
  'resets(ex_state[1h]) > 10',
])
  test(`not a raw counter divided by growth: ${text}`, () => {
    assert.deepEqual(codes(text), [])
  })

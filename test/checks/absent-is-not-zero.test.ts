import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { exampleBot } from './example-bot.ts'

const look = expressionChecker(worldOf(exampleBot()), { only: new Set(['BW505']) })
const codes = (text: string) => look(text, { role: 'alert' }).findings.map(({ code }) => code)

const few = 'sum by (bot, env) (increase(ex_orders_total[1h])) < 1'
for (const text of [
  few,
  `${few} and on (bot, env) ex_ready == 1`,
  `${few} or absent(ex_errors_total)`,
  `${few} and on () absent(ex_orders_total)`,
  `${few} unless on () absent(ex_orders_total)`,
  `${few} or on (bot, env) ex_ready == 1 unless on (bot, env) ex_fees_total`,
  `${few} or on (bot, env) ex_orders_total unless on (bot, env) ex_ready == 1`,
])
  test(`misses that nothing ever happened: ${text}`, () => {
    assert.deepEqual(codes(text), ['BW505'])
  })

for (const text of [
  `${few} or absent(ex_orders_total)`,
  `absent_over_time(ex_orders_total{side="buy"}[1h]) or ${few}`,
  `${few} or on (bot, env) ex_ready == 1 unless on (bot, env) ex_orders_total`,
  '(sum by (bot, env) (increase(ex_orders_total[1h])) or on (bot, env) 0 * ex_ready) < 1',
  'sum by (bot, env) (increase(ex_fees_total[1h])) < 1',
])
  test(`sees that nothing ever happened: ${text}`, () => {
    assert.deepEqual(codes(text), [])
  })

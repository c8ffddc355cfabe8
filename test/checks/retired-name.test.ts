import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { explainIn } from '../../generators/commands/explain.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { exampleBot } from './example-bot.ts'

const world = {
  ...worldOf(exampleBot()),
  retired: { ex_order_total: 'ex_orders_total took its place', ex_delay: 'ex_wait_seconds took its place' },
}
const look = expressionChecker(world)

test('a query for a retired name is reported with its replacement', () => {
  const said = (text: string) =>
    look(text).findings.map(({ code, message, fix, from, to }) => [code, message, fix, text.slice(from, to)])
  assert.deepEqual(said('sum(rate(ex_order_total{side="buy"}[5m]))'), [
    ['BW101', 'ex_order_total is retired: ex_orders_total took its place', 'use its replacement', 'ex_order_total'],
  ])
  assert.deepEqual(said('rate(ex_delay_count[5m])'), [
    ['BW101', 'ex_delay_count is retired: ex_wait_seconds took its place', 'use its replacement', 'ex_delay_count'],
  ])
  assert.deepEqual(said('rate(ex_order_totals[5m])'), [
    [
      'BW101',
      'nothing exposes ex_order_totals, so this never yields anything',
      'did you mean ex_orders_total?',
      'ex_order_totals',
    ],
  ])
})

test('explain names the replacement of a retired name', () => {
  let said = ''
  const { code } = explainIn(world, {
    expressions: ['ex_order_total > 1'],
    json: false,
    write: (text) => {
      said += text
    },
  })
  assert.equal(code, 1)
  assert.equal(
    said,
    `ex_order_total > 1

  yields  nothing, ever: ex_order_total is retired: ex_orders_total took its place

  > 1               {}  unknown  nothing, ever
  └ ex_order_total  {}  unknown  nothing, ever

error: BW101 unknown-metric: ex_order_total is retired: ex_orders_total took its place
  ex_order_total > 1
  ^^^^^^^^^^^^^^
  use its replacement
`,
  )
})

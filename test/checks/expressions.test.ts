import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { exampleBot } from './example-bot.ts'

test('an expression is parsed once, however often it is used', () => {
  const look = expressionChecker(worldOf(exampleBot()))
  const first = look('sum(ex_ready) > 1', { role: 'alert' })
  const again = look('sum(ex_ready) > 1', { role: 'panel' })
  assert.ok(first.expression !== null && first.expression.meaning === again.expression?.meaning)
})

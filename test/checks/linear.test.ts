import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expressionChecker } from '../../generators/checks/expressions.ts'
import { checked } from '../../generators/checks/run.ts'
import { worldOf } from '../../generators/meaning/world.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { synthetic } from '../bench/synthetic.ts'
import { exampleBot } from './example-bot.ts'
import { today } from './page.ts'

/** CPU time per alert and its panel, in microseconds; the better of two runs, since other processes may interfere. */
function perRule(size: number): number {
  const resolved = resolve(synthetic(size), container)
  const once = () => {
    const before = process.cpuUsage()
    checked(resolved, today)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / size
  }
  return Math.min(once(), once())
}

test('5,000 rules take five times as long as 1,000', (t) => {
  perRule(200)
  const [small, large] = [perRule(1000), perRule(5000)]
  t.diagnostic(`${small.toFixed(0)} µs an alert and its panel of 1,000, ${large.toFixed(0)} of 5,000`)
  // a quadratic check would take five times as long per rule
  assert.ok(large < 2.5 * small, `${small} µs, then ${large} µs`)
})

test('an expression is parsed once, however often it is used', () => {
  const look = expressionChecker(worldOf(exampleBot()))
  const first = look('sum(ex_ready) > 1', { role: 'alert' })
  const again = look('sum(ex_ready) > 1', { role: 'panel' })
  assert.ok(first.expression !== null && first.expression.meaning === again.expression?.meaning)
})

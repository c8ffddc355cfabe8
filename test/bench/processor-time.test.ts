import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { runChecks } from '../../generators/checks/run.ts'
import { containerTopology } from '../../generators/model/topology.ts'
import { resolve } from '../../generators/resolve/resolve.ts'
import { readExposition } from '../../generators/verify/read.ts'
import { today } from '../checks/page.ts'
import { synthetic } from './synthetic.ts'

// What cannot be counted is measured in processor time, which does not depend on the load of the machine.

/** Processor microseconds per item; the better of two runs, since garbage collection may hit one. */
function perItem(size: number, work: () => unknown): number {
  const once = () => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / size
  }
  return Math.min(once(), once())
}

/** Fails if each of five times as many items takes more than 2.5 times as long: quadratic growth would take five times as long. */
function isLinear(
  t: TestContext,
  what: string,
  sizes: readonly [number, number],
  workOf: (size: number) => () => unknown,
) {
  const [small, large] = sizes.map((size) => perItem(size, workOf(size))) as [number, number]
  const seen = `${small.toFixed(1)} µs ${what} of ${sizes[0]}, ${large.toFixed(1)} of ${sizes[1]}`
  t.diagnostic(seen)
  assert.ok(large < 2.5 * small, seen)
}

test('5,000 rules take five times as long to check as 1,000', (t) => {
  const workOf = (size: number) => {
    const resolution = resolve(synthetic(size), containerTopology)
    return () => runChecks(resolution, today)
  }
  perItem(200, workOf(200))
  isLinear(t, 'an alert and its panel', [1000, 5000], workOf)
})

test('20,000 families take five times as long to read as 4,000', (t) => {
  const workOf = (size: number) => {
    const text = Array.from({ length: size }, (_, i) => `x${i}{symbol="v${i}"} 1\ny{symbol="v${i}"} 1\n`).join('')
    return () => assert.ok('families' in readExposition(text, 'text'))
  }
  perItem(1000, workOf(1000))
  isLinear(t, 'a family', [4000, 20_000], workOf)
})

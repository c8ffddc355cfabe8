// Loaded from two copies of these files in one process.
import assert from 'node:assert/strict'
import { createMetrics } from '../../../runtime/index.ts'
import { expectContract } from '../../../runtime/testing/index.ts'
import { runtimeMetrics } from '../fixture.ts'

interface Copy {
  readonly createMetrics: typeof createMetrics
  readonly expectContract: typeof expectContract
}

const shared = globalThis as { copies?: Copy[] }
const copies: Copy[] = shared.copies ?? []
shared.copies = copies
copies.push({ createMetrics, expectContract })

const [first, second] = copies
if (first !== undefined && second !== undefined) {
  assert.notEqual(first.createMetrics, second.createMetrics)
  const [one, other] = [first.createMetrics(runtimeMetrics), second.createMetrics(runtimeMetrics)]
  one.bars_total.inc()
  assert.match(await one.render(), /^tb_bars_total 1$/m)
  assert.match(await other.render(), /^tb_bars_total 0$/m)
  for (const { expectContract } of copies)
    assert.deepEqual(
      [one, other].map((metrics) => expectContract(metrics).coverage()[0]?.emitted),
      [true, false],
    )
  console.log('each copy counts separately, and can read metrics of the other')
}

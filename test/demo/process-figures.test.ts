import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { createProcessFigures } from '../../demo/mcbot/process-figures.ts'

let figures: ReturnType<typeof createProcessFigures>
before(() => {
  figures = createProcessFigures()
})
after(() => figures.end())

const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
const timersRan = () => new Promise((resolve) => setTimeout(resolve, 60))

test('a blocked event loop is seen while it is only just over, and long after', async () => {
  await timersRan()
  block(300)
  const atOnce = figures.eventLoopLagSeconds() as number
  assert.ok(atOnce > 0.2 && atOnce < 2, `${atOnce}`)
  for (let i = 0; i < 5; i++) await timersRan()
  const later = figures.eventLoopLagSeconds() as number
  assert.ok(later >= atOnce * 0.8 && later < 2, `${later}`)
})

test('the process says what it is made of, as far as the platform knows', () => {
  assert.ok((figures.residentBytes() as number) > 10 * 2 ** 20)
  assert.ok((figures.activeTasks() as number) >= 0)
  const percent = figures.cpuPercent() as number
  assert.ok(percent >= 0 && percent < 3200, `${percent}`)
  const known = existsSync('/proc/self/fd')
  const [open, most] = [figures.openFiles(), figures.mostFiles()]
  assert.equal(open !== undefined && open > 2, known)
  assert.equal(most === undefined || most > (open ?? 0), true)
})

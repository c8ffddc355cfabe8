import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../../runtime/index.ts'
import { bytes, catalogue, gauge, histogram, percent, seconds } from '../../../runtime/metrics.ts'
import { createEventLoopLag, createProcessFigures, monitorProcess } from '../../../runtime/process/index.ts'
import { skipped } from '../../servers/skipped.ts'

const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

function figuresFor(t: TestContext) {
  const figures = createProcessFigures()
  t.after(figures.end)
  return figures
}

test('a block of the event loop is visible right after it ends, and for a while after', async (t) => {
  const figures = figuresFor(t)
  await delay(60)
  block(300)
  const atOnce = figures.eventLoopLagSeconds() as number
  assert.ok(atOnce > 0.2 && atOnce < 2, `${atOnce}`)
  await delay(300)
  const later = figures.eventLoopLagSeconds() as number
  assert.ok(later >= atOnce * 0.8 && later < 2, `${later}`)
})

test('the longest lag is dropped once its window has passed', async (t) => {
  const lag = createEventLoopLag({ window: 200 })
  t.after(lag.end)
  await delay(60)
  block(400)
  await delay(30)
  assert.ok(lag.longest() > 0.3, `${lag.longest()}`)
  await delay(300)
  assert.ok(lag.longest() < 0.3, `${lag.longest()}`)
})

test('the distribution shows how long a task due at a random moment waits: a block counts in proportion to its length', async (t) => {
  const lags: number[] = []
  const lag = createEventLoopLag({ observe: (seconds) => lags.push(seconds) })
  t.after(lag.end)
  await delay(100)
  const before = lags.length
  assert.ok(before >= 2, `${before} lags in 100 ms`)
  block(500)
  await delay(30)
  const blocked = lags.slice(before).filter((seconds) => seconds > 0.1)
  // 0.48 s and every 20 ms down to 0.1 s: about 20 moments.
  assert.ok(blocked.length >= 15 && blocked.length <= 40, `${blocked.length}`)
  const longest = Math.max(...blocked)
  assert.ok(longest > 0.4 && longest < 2, `${longest}`)
})

test('the last lag is the most recent one, long or short', async (t) => {
  const lag = createEventLoopLag()
  t.after(lag.end)
  await delay(60)
  block(400)
  assert.ok(lag.last() > 0.3, `${lag.last()}`)
  await delay(200)
  assert.ok(lag.last() < 0.3, `${lag.last()}`)
})

test('the longest lag agrees with Node’s own measurement', async (t) => {
  const node = monitorEventLoopDelay({ resolution: 10 })
  node.enable()
  const figures = figuresFor(t)
  t.after(() => node.disable())
  await delay(60)
  for (const ms of [80, 250, 120]) {
    block(ms)
    await delay(40)
  }
  const ours = (figures.eventLoopLagSeconds() as number) * 1000
  // Node measures from the previous timer, so that its figure includes the interval.
  const theirs = node.max / 1e6 - 10
  assert.ok(Math.abs(ours - theirs) < 40, `${ours} ms, and ${theirs} ms by Node`)
})

test('the process reports its resources as far as the platform provides them', (t) => {
  const figures = figuresFor(t)
  assert.ok((figures.residentBytes() as number) > 10 * 2 ** 20)
  assert.ok((figures.activeTasks() as number) >= 0)
  const known = existsSync('/proc/self/fd')
  const [open, most] = [figures.openFiles(), figures.mostFiles()]
  assert.equal(open !== undefined && open > 2, known)
  assert.equal(most === undefined || most > (open ?? 0), true)
})

test('an open file is counted until it is closed', (t) => {
  if (!existsSync('/proc/self/fd')) return skipped(t, ['/proc/self/fd'], ['run on Linux'])
  const figures = figuresFor(t)
  const before = figures.openFiles() as number
  const files = [1, 2, 3].map(() => openSync(import.meta.filename, 'r'))
  assert.equal(figures.openFiles(), before + 3)
  for (const file of files) closeSync(file)
  assert.equal(figures.openFiles(), before)
})

test('a busy second is most of a core, an idle one is next to nothing', async (t) => {
  const figures = figuresFor(t)
  await delay(1010)
  figures.cpuPercent()
  const until = performance.now() + 1100
  while (performance.now() < until) Math.sqrt(until)
  const busy = figures.cpuPercent() as number
  assert.ok(busy > 25 && busy < 400, `${busy}`)
  assert.equal(figures.cpuPercent(), busy)
  await delay(1100)
  const idle = figures.cpuPercent() as number
  assert.ok(idle < busy / 2, `${idle} after ${busy}`)
})

const declared = catalogue('own', {
  event_loop_lag_seconds: histogram({ help: 'Lag.', unit: seconds, buckets: [0.01, 0.1, 1] }),
  longest_lag_seconds: gauge({ help: 'Longest lag.', unit: seconds }),
  last_lag_seconds: gauge({ help: 'Last lag.', unit: seconds }),
  memory_bytes: gauge({ help: 'Memory.', unit: bytes }),
  cpu_percent: gauge({ help: 'CPU.', unit: percent }),
  open_fds: gauge({ help: 'Open files.' }),
  active_tasks: gauge({ help: 'Tasks.' }),
})

test('the gauges are computed at the scrape, and the histogram fills between scrapes', async () => {
  const metrics = createMetrics(declared)
  const monitored = monitorProcess(
    {
      eventLoopLag: metrics.event_loop_lag_seconds,
      longestEventLoopLag: metrics.longest_lag_seconds,
      lastEventLoopLag: metrics.last_lag_seconds,
      residentMemory: metrics.memory_bytes,
      cpuPercent: metrics.cpu_percent,
      openFiles: metrics.open_fds,
      activeTasks: metrics.active_tasks,
    },
    { every: 5 },
  )
  await delay(100)
  block(150)
  await delay(20)
  monitored.end()
  const text = await metrics.render()
  const value = (line: string) => Number(new RegExp(`^own_${line} (.*)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  assert.ok(value('memory_bytes') > 10 * 2 ** 20)
  assert.ok(value('longest_lag_seconds') > 0.1)
  assert.ok(value('last_lag_seconds') >= 0)
  assert.ok(value('event_loop_lag_seconds_count') > value('event_loop_lag_seconds_bucket\\{le="0.1"\\}'), text)
  assert.equal(value('open_fds') > 2, existsSync('/proc/self/fd'))
  assert.ok(value('cpu_percent') >= 0)
  assert.ok(value('active_tasks') >= 0)
  assert.deepEqual(metrics.refused(), [])
})

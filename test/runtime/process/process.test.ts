import assert from 'node:assert/strict'
import { closeSync, existsSync, openSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { createMetrics } from '../../../runtime/index.ts'
import { bytes, catalogue, gauge, histogram, percent, seconds } from '../../../runtime/metrics.ts'
import { createEventLoopLag, createProcessFigures, monitorProcess } from '../../../runtime/process/index.ts'
import { skipTest } from '../../servers/skipped.ts'

const block = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

function figuresFor(t: TestContext) {
  const figures = createProcessFigures()
  t.after(figures.end)
  return figures
}

/** A mocked clock with a timer every 20 ms, which a busy machine cannot delay. */
function clockFor(t: TestContext) {
  let now = 0
  t.mock.method(performance, 'now', () => now)
  t.mock.timers.enable({ apis: ['setInterval'] })
  const turn = () => t.mock.timers.tick(20)
  return {
    /** The event loop is idle for this long. */
    idle: (ms: number) => {
      for (const end = now + ms; now < end; turn()) now += 20
    },
    /** A task blocks the event loop for this long and has not ended yet. */
    hold: (ms: number) => {
      now += ms
    },
    /** The task ends, and the timer that became due meanwhile runs. */
    turn,
  }
}

test('a block of the event loop is visible right after it ends, and until its window has passed', (t) => {
  const clock = clockFor(t)
  const figures = figuresFor(t)
  clock.idle(60)
  assert.equal(figures.eventLoopLagSeconds(), 0)
  clock.hold(300)
  assert.equal(figures.eventLoopLagSeconds(), 0.28)
  clock.turn()
  clock.idle(14_980)
  assert.equal(figures.eventLoopLagSeconds(), 0.28)
})

test('the longest lag is dropped once its window has passed', (t) => {
  const clock = clockFor(t)
  const lag = createEventLoopLag({ window: 200 })
  t.after(lag.end)
  clock.idle(60)
  clock.hold(400)
  clock.turn()
  clock.idle(180)
  assert.equal(lag.longest(), 0.38)
  clock.idle(20)
  assert.equal(lag.longest(), 0)
})

test('the distribution shows how long a task due at a random moment waits: a block counts in proportion to its length', (t) => {
  const clock = clockFor(t)
  const lags: number[] = []
  const lag = createEventLoopLag({ observe: (seconds) => lags.push(seconds) })
  t.after(lag.end)
  clock.idle(100)
  assert.deepEqual(lags, [0, 0, 0, 0, 0])
  clock.hold(500)
  clock.turn()
  assert.deepEqual(
    lags.slice(5),
    Array.from({ length: 24 }, (_, i) => (480 - 20 * i) / 1000),
  )
})

test('the last lag is the most recent one, long or short', (t) => {
  const clock = clockFor(t)
  const lag = createEventLoopLag()
  t.after(lag.end)
  clock.idle(60)
  clock.hold(400)
  assert.equal(lag.last(), 0.38, 'right after the block')
  clock.turn()
  assert.equal(lag.last(), 0.38)
  clock.idle(20)
  assert.equal(lag.last(), 0)
})

test('on the real event loop the longest lag is between the longest task and twice the longest turn', async (t) => {
  const figures = figuresFor(t)
  let [task, turn, last, turns] = [0, 0, performance.now(), true]
  const look = () => {
    const now = performance.now()
    turn = Math.max(turn, now - last)
    last = now
    if (turns) setImmediate(look)
  }
  look()
  await delay(60)
  for (const ms of [80, 250, 120]) {
    const began = performance.now()
    block(ms)
    task = Math.max(task, performance.now() - began)
    await delay(40)
  }
  const lag = (figures.eventLoopLagSeconds() as number) * 1000
  look()
  turns = false
  // A timer was due at most 20 ms into the task; if the process also waits for a CPU, the timer is late by a second turn.
  const seen = `a task of ${task} ms, a turn of ${turn} ms, a lag of ${lag} ms`
  assert.ok(lag >= task - 21 && lag <= 2 * turn + 2, seen)
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
  if (!existsSync('/proc/self/fd')) return skipTest(t, ['/proc/self/fd'], ['run on Linux'])
  const figures = figuresFor(t)
  const before = figures.openFiles() as number
  const files = [1, 2, 3].map(() => openSync(import.meta.filename, 'r'))
  assert.equal(figures.openFiles(), before + 3)
  for (const file of files) closeSync(file)
  assert.equal(figures.openFiles(), before)
})

test('the CPU percentage is the CPU time that the process received, divided by the elapsed time', (t) => {
  const clock = clockFor(t)
  const figures = figuresFor(t)
  const used = () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1000
  }
  /** Reads the percentage, with the CPU time of the process just before and just after, in milliseconds. */
  const read = () => {
    const before = used()
    const percent = figures.cpuPercent() as number
    return { before, percent, after: used() }
  }
  const isShareOf = (ms: number, from: ReturnType<typeof read>, to: ReturnType<typeof read>) => {
    const [least, most] = [to.before - from.after, to.after - from.before].map((time) => (100 * time) / ms)
    assert.ok(to.percent >= (least ?? 0) && to.percent <= (most ?? 0), `${least} <= ${to.percent} <= ${most}`)
  }
  clock.hold(1000)
  const first = read()
  // On a busy machine the process gets only part of the CPU: continue until it has received this much.
  while (used() < first.after + 200) Math.sqrt(2)
  clock.hold(2000)
  const busy = read()
  isShareOf(2000, first, busy)
  assert.ok(busy.percent >= 10, `${busy.percent} % is less than the 200 ms of 2 s that it has received`)

  clock.hold(999)
  assert.equal(read().percent, busy.percent, 'two scrapers within a second get the same percentage')
  clock.hold(1)
  isShareOf(1000, busy, read())
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

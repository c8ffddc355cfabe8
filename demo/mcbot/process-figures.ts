import { readdirSync, readFileSync } from 'node:fs'

/** What the machine says about the process; undefined where the platform does not say it. */
export interface ProcessFigures {
  /** The longest of the last 15 seconds. */
  readonly eventLoopLagSeconds: () => number | undefined
  readonly activeTasks: () => number | undefined
  readonly residentBytes: () => number | undefined
  /** Of one core, since the last reading that lies at least a second back. */
  readonly cpuPercent: () => number | undefined
  readonly openFiles: () => number | undefined
  readonly mostFiles: () => number | undefined
}

const windowMs = 15_000
/** Milliseconds between two looks at the event loop: what comes later than that is lag. */
const lookEvery = 50

/** Figures of this process; `end` stops the measuring. */
export function createProcessFigures(): ProcessFigures & { readonly end: () => void } {
  // Not perf_hooks.monitorEventLoopDelay: a delay that ends in the turn in which it is reset is lost to it.
  let looked = performance.now()
  let delays: readonly { readonly at: number; readonly ms: number }[] = []
  const late = (now: number) => Math.max(0, now - looked - lookEvery)
  const look = () => {
    const at = performance.now()
    const ms = late(at)
    // Only what may yet be the greatest of the window is kept.
    delays = [...delays.filter((delay) => delay.ms > ms && at - delay.at < windowMs), { at, ms }]
    looked = at
  }
  const timer = setInterval(look, lookEvery)
  timer.unref()
  let last = { at: performance.now(), usage: process.cpuUsage(), percent: 0 }
  return Object.freeze({
    eventLoopLagSeconds: () => Math.max(late(performance.now()), delays[0]?.ms ?? 0) / 1000,
    activeTasks: () => process.getActiveResourcesInfo().length,
    residentBytes: () => process.memoryUsage.rss(),
    cpuPercent: () => {
      const at = performance.now()
      if (at - last.at < 1000) return last.percent
      const usage = process.cpuUsage()
      const used = usage.user + usage.system - last.usage.user - last.usage.system
      last = { at, usage, percent: used / 10 / (at - last.at) }
      return last.percent
    },
    openFiles: () => orNothing(() => readdirSync('/proc/self/fd').length),
    mostFiles: () =>
      orNothing(() => {
        const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
        return limit === undefined ? undefined : Number(limit)
      }),
    end: () => clearInterval(timer),
  })
}

function orNothing(read: () => number | undefined): number | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { createEventLoopLag, type LagOptions } from './event-loop-lag.ts'

/** Readings about this process; undefined if the platform does not provide them. */
export interface ProcessFigures {
  /** The longest lag of the last 15 seconds, or of the given window. */
  readonly eventLoopLagSeconds: () => number | undefined
  /** The last measured lag. */
  readonly lastEventLoopLagSeconds: () => number | undefined
  /** Timers, sockets and requests that keep the event loop alive; Node does not count promises. */
  readonly activeTasks: () => number | undefined
  readonly residentBytes: () => number | undefined
  /** Percent of one core since the last reading that is at least a second old. */
  readonly cpuPercent: () => number | undefined
  readonly openFiles: () => number | undefined
  /** The limit of open files; also undefined if there is no limit. */
  readonly mostFiles: () => number | undefined
}

/** Creates readings about this process; `end` stops the measurement. */
export function createProcessFigures(options: LagOptions = {}): ProcessFigures & { readonly end: () => void } {
  const lag = createEventLoopLag(options)
  let last = { at: performance.now(), usage: process.cpuUsage(), percent: 0 }
  return Object.freeze({
    eventLoopLagSeconds: lag.longest,
    lastEventLoopLagSeconds: lag.last,
    activeTasks: () => process.getActiveResourcesInfo().length,
    residentBytes: () => process.memoryUsage.rss(),
    cpuPercent: () => {
      const at = performance.now()
      // Two scrapers within one second must not disturb each other's reading.
      if (at - last.at < 1000) return last.percent
      const usage = process.cpuUsage()
      const used = usage.user + usage.system - last.usage.user - last.usage.system
      last = { at, usage, percent: used / 10 / (at - last.at) }
      return last.percent
    },
    // Minus one: reading the folder opens a descriptor, which is listed too.
    openFiles: () => orNothing(() => readdirSync('/proc/self/fd').length - 1),
    mostFiles: () =>
      orNothing(() => {
        const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
        return limit === undefined ? undefined : Number(limit)
      }),
    end: lag.end,
  })
}

function orNothing(read: () => number | undefined): number | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

import { readdirSync, readFileSync } from 'node:fs'
import { createEventLoopLag, type LagOptions } from './event-loop-lag.ts'

/** What the machine says about the process; undefined where the platform does not say it. */
export interface ProcessFigures {
  /** The longest of the last 15 seconds, or of the window that was given. */
  readonly eventLoopLagSeconds: () => number | undefined
  /** The one that was measured last. */
  readonly lastEventLoopLagSeconds: () => number | undefined
  /** Timers, sockets and requests that keep the event loop alive; promises are not counted by Node. */
  readonly activeTasks: () => number | undefined
  readonly residentBytes: () => number | undefined
  /** Of one core, since the last reading that lies at least a second back. */
  readonly cpuPercent: () => number | undefined
  readonly openFiles: () => number | undefined
  /** How many files the process may have open; undefined where there is no limit either. */
  readonly mostFiles: () => number | undefined
}

/** Figures of this process; `end` stops the measuring. */
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
      // Two scrapers in one second must not take each other's figure away.
      if (at - last.at < 1000) return last.percent
      const usage = process.cpuUsage()
      const used = usage.user + usage.system - last.usage.user - last.usage.system
      last = { at, usage, percent: used / 10 / (at - last.at) }
      return last.percent
    },
    // The descriptor that lists the folder is one of those that it lists.
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

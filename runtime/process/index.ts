import type { LagOptions } from './event-loop-lag.ts'
import { createProcessFigures, type ProcessFigures } from './figures.ts'

export { createEventLoopLag, type EventLoopLag, type LagOptions } from './event-loop-lag.ts'
export { createProcessFigures, type ProcessFigures } from './figures.ts'

interface Collected {
  readonly collect: (read: () => number | undefined) => void
}

/** The bot's own handles, each for what it declares; what it does not declare is not measured. */
export interface ProcessHandles {
  /** A histogram in seconds: gets the lag of every moment. */
  readonly eventLoopLag?: { readonly observe: (seconds: number) => void }
  /** A gauge in seconds: the longest lag of the window. */
  readonly longestEventLoopLag?: Collected
  /** A gauge in seconds: the lag measured last, which misses what happened between two scrapes. */
  readonly lastEventLoopLag?: Collected
  readonly activeTasks?: Collected
  /** A gauge in bytes. */
  readonly residentMemory?: Collected
  /** A gauge in percent of one core. */
  readonly cpuPercent?: Collected
  readonly openFiles?: Collected
  readonly mostFiles?: Collected
}

/** Lets the bot's gauges read this process at every scrape; a figure that the platform does not give leaves its gauge absent. */
export function monitorProcess(
  handles: ProcessHandles,
  options: Pick<LagOptions, 'every' | 'window'> = {},
): ProcessFigures & { readonly end: () => void } {
  const { eventLoopLag } = handles
  const figures = createProcessFigures({
    ...options,
    ...(eventLoopLag === undefined ? {} : { observe: (seconds) => eventLoopLag.observe(seconds) }),
  })
  handles.longestEventLoopLag?.collect(figures.eventLoopLagSeconds)
  handles.lastEventLoopLag?.collect(figures.lastEventLoopLagSeconds)
  handles.activeTasks?.collect(figures.activeTasks)
  handles.residentMemory?.collect(figures.residentBytes)
  handles.cpuPercent?.collect(figures.cpuPercent)
  handles.openFiles?.collect(figures.openFiles)
  handles.mostFiles?.collect(figures.mostFiles)
  return figures
}

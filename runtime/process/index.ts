import type { LagOptions } from './event-loop-lag.ts'
import { createProcessFigures, type ProcessFigures } from './figures.ts'

export { createEventLoopLag, type EventLoopLag, type LagOptions } from './event-loop-lag.ts'
export { createProcessFigures, type ProcessFigures } from './figures.ts'

interface Collected {
  readonly collect: (read: () => number | undefined) => void
}

/** The bot's own metric handles; a missing one is not recorded. */
export interface ProcessHandles {
  /** A histogram in seconds of every measured lag. */
  readonly eventLoopLag?: { readonly observe: (seconds: number) => void }
  /** A gauge in seconds: the longest lag in the window. */
  readonly longestEventLoopLag?: Collected
  /** A gauge in seconds: the last measured lag; misses whatever happens between two scrapes. */
  readonly lastEventLoopLag?: Collected
  readonly activeTasks?: Collected
  /** A gauge in bytes. */
  readonly residentMemory?: Collected
  /** A gauge in percent of one core. */
  readonly cpuPercent?: Collected
  readonly openFiles?: Collected
  readonly mostFiles?: Collected
}

/** Connects the bot's gauges to readings of this process at every scrape; a reading the platform lacks leaves its gauge absent. */
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

import type { ProcessFigures } from '../../../runtime/process/index.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'

const threeGiB = 3 * 2 ** 30

/** Records the process and its event loop, read at each scrape. */
export function recordProcess(metrics: BotMetrics, switches: FaultSwitches, figures: ProcessFigures): void {
  metrics.event_loop_lag_seconds.collect(figures.eventLoopLagSeconds)
  metrics.active_tasks.collect(figures.activeTasks)
  metrics.process_cpu_percent.collect(figures.cpuPercent)
  metrics.process_memory_rss_bytes.collect(() => plus(figures.residentBytes(), switches.isOn('memory') ? threeGiB : 0))
  metrics.process_open_fds.collect(() => plus(figures.openFiles(), switches.isOn('open-files') ? 1100 : 0))
  metrics.process_max_fds.collect(() => (switches.isOn('open-files') ? 1024 : figures.mostFiles()))
}

const plus = (figure: number | undefined, more: number) => (figure === undefined ? undefined : figure + more)

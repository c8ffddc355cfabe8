import type { ProcessFigures } from '../../../runtime/process/index.ts'
import { roundedTo } from '../../paper/rounded.ts'
import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { stepsIn } from '../setting.ts'
import type { BotLog } from './log.ts'

interface HealthOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly switches: FaultSwitches
  readonly figures: Pick<ProcessFigures, 'cpuPercent' | 'residentBytes'>
  readonly now: () => number
  readonly capital: () => number
  readonly openLegs: () => number
}

const [saidEvery, restartEvery] = [stepsIn(60), stepsIn(20)]

/** Records that the process and its main loop run. */
export function recordHealth({ metrics, log, switches, figures, now, capital, openLegs }: HealthOptions): {
  readonly step: () => void
} {
  const began = now()
  let last = began
  let steps = 0
  let restarts: number | null = null
  metrics.start_timestamp.set(began / 1000)
  metrics.heartbeat_age.collect(() => (now() - last) / 1000)
  metrics.process_cpu_percent.collect(figures.cpuPercent)
  metrics.process_memory_rss_bytes.collect(figures.residentBytes)
  return Object.freeze({
    step: () => {
      last = now()
      if (steps % saidEvery === 0)
        log.heartbeat({
          uptime: Math.round((last - began) / 1000),
          open_legs: openLegs(),
          capital: roundedTo(capital(), 2),
        })
      steps += 1
      if (!switches.isOn('restart-loop')) {
        restarts = null
        return
      }
      restarts ??= steps
      if ((steps - restarts) % restartEvery === 0) metrics.start_timestamp.set(last / 1000)
    },
  })
}

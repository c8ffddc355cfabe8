import { roundedTo } from '../../paper/rounded.ts'
import { type FaultSwitches, faultySymbol } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { stepSeconds } from '../setting.ts'
import type { BotLog } from './log.ts'

interface HealthOptions {
  readonly metrics: BotMetrics
  readonly log: BotLog
  readonly switches: FaultSwitches
  readonly now: () => number
  readonly balance: () => number
  readonly openPositions: () => number
}

const stepsPerMinute = 60 / stepSeconds
const restartEvery = 20 / stepSeconds

/** Records that the main loop runs, and what its risk manager finds. */
export function recordHealth({ metrics, log, switches, now, balance, openPositions }: HealthOptions): {
  readonly step: () => void
} {
  const began = now()
  let steps = 0
  const since = { risk: 0, restart: 0 }
  metrics.start_timestamp.set(began / 1000)
  /** Whether a fault that strikes at once and then every `every` steps strikes in this step. */
  const comes = (key: keyof typeof since, on: boolean, every: number): boolean => {
    if (!on) since[key] = 0
    else if (since[key] === 0) since[key] = steps
    return on && (steps - since[key]) % every === 0
  }
  return Object.freeze({
    step: () => {
      metrics.heartbeat_age.touch()
      if (steps % stepsPerMinute === 0)
        log.heartbeat({
          uptime: Math.round((now() - began) / 1000),
          open_positions: openPositions(),
          balance: roundedTo(balance(), 2),
        })
      steps += 1
      if (comes('restart', switches.isOn('restart-loop'), restartEvery)) metrics.start_timestamp.set(now() / 1000)
      if (comes('risk', switches.isOn('risk-limit'), stepsPerMinute))
        log.risk_alert({ symbol: faultySymbol, limit: 'exposure', error: 'exposure 3,210 USDT, limit 3,000 USDT' })
    },
  })
}

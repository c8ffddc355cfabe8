import type { FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import type { BotLog } from '../record/log.ts'
import { dailyLossLimit, drawdownLimit, stepsIn } from '../setting.ts'

/** Why the bot opens no new round trips. */
type Halt = 'daily_loss' | 'drawdown' | 'circuit_breaker' | 'manual'

/** What stops the bot: its limits of losses, its circuit breaker, and people. */
export interface Halts {
  readonly step: () => void
  /** The first reason not to trade; null if there is none. */
  readonly reason: () => Halt | null
  /** Takes what today's PnL in USD and the drawdown in percent are now. */
  readonly judge: (daily: number, drawdown: number, dayStart: number) => void
  readonly failed: () => void
}

/** Failures within a minute that open the circuit breaker, which closes after a minute without any. */
const [most, window] = [5, stepsIn(60)]
/** Of the daily loss limit and of the limit of the drawdown: below it, a halt of the same day ends. */
const recovered = 0.9

export function createHalts(metrics: BotMetrics, log: BotLog, switches: FaultSwitches): Halts {
  let failures: readonly number[] = []
  let steps = 0
  let isOpen = false
  let lossOn: number | null = null
  let isDown = false
  metrics.daily_loss_limit_usd.set(dailyLossLimit)
  const active = (): Readonly<Record<Halt, boolean>> => ({
    manual: switches.isOn('manual-halt'),
    circuit_breaker: isOpen,
    daily_loss: lossOn !== null,
    drawdown: isDown,
  })
  return Object.freeze({
    step: () => {
      steps += 1
      failures = failures.filter((step) => step > steps - window)
      if (isOpen && failures.length === 0) isOpen = false
      metrics.circuit_breaker_active.set(isOpen ? 1 : 0)
      for (const [reason, on] of Object.entries(active()) as [Halt, boolean][])
        metrics.trading_halted.set({ reason }, on ? 1 : 0)
    },
    reason: () => {
      const on = active()
      return (Object.keys(on) as Halt[]).find((reason) => on[reason]) ?? null
    },
    judge: (daily: number, drawdown: number, dayStart: number) => {
      if (daily <= -dailyLossLimit) lossOn ??= dayStart
      // a new day begins with no loss, and resumes nothing: that is for a person to decide
      else if (lossOn === dayStart && daily > -recovered * dailyLossLimit) lossOn = null
      if (drawdown > drawdownLimit) isDown = true
      else if (drawdown < recovered * drawdownLimit) isDown = false
    },
    failed: () => {
      failures = [...failures, steps]
      if (isOpen || failures.length < most) return
      isOpen = true
      log.circuit_breaker_opened({ failures: failures.length, error: `${failures.length} legs failed within a minute` })
    },
  })
}

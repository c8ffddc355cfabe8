import { severity, usualRange } from '../detectors/drawdown-range.ts'
import { pValue } from '../detectors/kolmogorov-smirnov.ts'
import { decaySeverity, fewestPoints, robustLine } from '../detectors/robust-line.ts'
import type { FaultName, FaultSwitches } from '../faults/list.ts'
import type { BotMetrics } from '../metrics.ts'
import { strategies } from '../setting.ts'
import type { TrackRecord } from '../trading/track-record.ts'

const windowDays = 60
const handed: readonly FaultName[] = [
  'distribution-drift',
  'structural-decay',
  'decay-warning',
  'gbm-warning',
  'gbm-critical',
]

/**
 * Records what the detectors find in each strategy's daily returns compared with its backtest. The computations are real but
 * small; detectors that stay valid over years of daily checks (sequential tests, adaptive bounds) are out of scope.
 */
export function recordAnomalies(
  metrics: BotMetrics,
  switches: FaultSwitches,
  backtest: ReadonlyMap<string, readonly number[]>,
  record: (strategy: string) => TrackRecord,
): { readonly step: (dayEnded: boolean) => void } {
  let seen: string | null = null
  const detect = (strategy: string) => {
    const past = backtest.get(strategy) ?? []
    const recent = record(strategy).returns().slice(-windowDays)
    const range = usualRange(past, windowDays)
    const spread = Math.sqrt(past.reduce((sum, value) => sum + value ** 2, 0) / past.length)

    const drifted = switches.isOn('distribution-drift') ? recent.map((value) => value - 3 * spread) : recent
    const p = pValue(past, drifted)
    if (p !== undefined) metrics.distribution_p_value.set({ strategy }, p)

    const falls = switches.isOn('structural-decay') || switches.isOn('decay-warning')
    const sudden = switches.isOn('structural-decay') ? -4 * spread : switches.isOn('decay-warning') ? 4 * spread : 0
    const decayed = falls ? recent.map((value, at) => value - spread + (at >= recent.length - 3 ? sudden : 0)) : recent
    const curve = cumulative(decayed)
    const line = curve.length < fewestPoints ? undefined : robustLine(curve)
    if (line !== undefined) {
      metrics.ransac_slope.set({ strategy }, line.slope)
      const decay = decaySeverity(curve, line)
      metrics.ransac_decay_severity.set({ strategy }, decay)
      metrics.ransac_decay_detected.set({ strategy }, decay === 2 ? 1 : 0)
    }

    const fallen = switches.isOn('gbm-critical')
      ? recent.map(() => (-2 * range.depth) / windowDays)
      : switches.isOn('gbm-warning')
        ? [...recent.slice(0, -1), -1.5 * range.depth]
        : recent
    metrics.gbm_drawdown_severity.set({ strategy }, severity(fallen, range))
  }
  return Object.freeze({
    step: (dayEnded: boolean) => {
      const now = handed.filter(switches.isOn).join(' ')
      if (!dayEnded && now === seen) return
      seen = now
      for (const strategy of strategies) detect(strategy)
    },
  })
}

const cumulative = (returns: readonly number[]): readonly number[] => {
  let level = 0
  return returns.map((value) => {
    level += value
    return level
  })
}

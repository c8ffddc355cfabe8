import { type Defect, defect } from './defect.ts'
import { milliseconds } from './duration.ts'
import type { Severity } from './severity.ts'

/** The cooldown also delays RESOLVED and further symbols, which is too long for a critical alert. */
export function cooldownDefects(severity: Severity, cooldown: string | undefined): Defect[] {
  const length = cooldown === undefined ? null : milliseconds(cooldown)
  if (severity !== 'critical' || length === null || length <= 300_000) return []
  return [
    defect(
      'cooldown-critical',
      `critical, with a cooldown of ${cooldown}: RESOLVED, or a second symbol joining the alert, could be delayed by that long`,
      'use at most 5m',
    ),
  ]
}

import { type Defect, defect } from './defect.ts'
import { milliseconds } from './duration.ts'

/** The cooldown also delays RESOLVED and further symbols, which is too long for a critical alert. */
export function cooldownDefects(severity: string, cooldown: string | undefined): Defect[] {
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

/** A critical alert that a lesser one could hold back. */
export const muteDefects = (
  severity: string,
  mutedBy: readonly { readonly name: string; readonly severity: string }[],
): Defect[] =>
  mutedBy
    .filter((cause) => severity === 'critical' && cause.severity !== 'critical')
    .map((cause) =>
      defect(
        'mute-critical',
        `critical, but muted by ${cause.name}, which is only ${cause.severity}`,
        'mute it only by critical alerts',
      ),
    )

/** A text for the end of an alert that has none. */
export const eventDefects = (event: boolean, resolved: unknown): Defect[] =>
  event && resolved !== undefined
    ? [
        defect(
          'event-resolved',
          'reports an event, which has no end, but has a text for RESOLVED: that is never sent',
          'remove resolved; or remove event, if its condition is a state that ends',
        ),
      ]
    : []

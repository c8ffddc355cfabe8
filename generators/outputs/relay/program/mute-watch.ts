import { type AlertmanagerView, lookAgain } from './alertmanager.ts'
import type { RelayConfig } from './config.ts'

/**
 * Has Alertmanager look at every alert again when a silence has ended, or an alert that mutes others. What still fires would be sent
 * only when its cooldown is over; and what was over for a quarter of an hour would not be sent as resolved at all.
 */
export function muteWatch({ alertmanager, muting }: RelayConfig): (view: AlertmanagerView) => void {
  let known: ReadonlySet<string> = new Set()
  return ({ silences, alerts }) => {
    const muted = alerts
      .map(({ labels }) => labels)
      .filter(({ alertname = '' }) => muting.includes(alertname))
      .map((labels) => JSON.stringify(Object.entries(labels).sort()))
    const now = new Set([...silences, ...muted])
    const hasEnded = [...known].some((one) => !now.has(one))
    known = now
    if (hasEnded) void lookAgain(alertmanager)
  }
}

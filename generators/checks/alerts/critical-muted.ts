import { wholeCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** A lesser alert that keeps a critical one from being told. */
export const criticalMuted = wholeCheck({
  code: 'BW609',
  name: 'critical-muted',
  severity: 'error',
  finds: 'A lesser alert mutes a critical one',
  look: ({ bot }) =>
    bot.alerts.flatMap((alert) =>
      alert.mutedBy
        .filter((cause) => alert.severity === 'critical' && cause.severity !== 'critical')
        .map((cause) => ({
          subject: alertSubject(alert),
          message: `it is critical, and muted by ${cause.name}, which is ${cause.severity} only: at night nobody hears of it`,
          fix: 'mute it by critical alerts only',
        })),
    ),
})

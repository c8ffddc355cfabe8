import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** A less severe alert that suppresses a critical one. */
export const criticalMuted = botCheck({
  code: 'BW609',
  name: 'critical-muted',
  severity: 'error',
  finds: 'A less severe alert mutes a critical one',
  look: ({ bot }) =>
    bot.alerts.flatMap((alert) =>
      alert.mutedBy
        .filter((cause) => alert.severity === 'critical' && cause.severity !== 'critical')
        .map((cause) => ({
          subject: alertSubject(alert),
          message: `it is critical but muted by ${cause.name}, which is only ${cause.severity}, so nobody may be woken for it`,
          fix: 'let only critical alerts mute it',
        })),
    ),
})

import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** An alert whose severity notifies nobody. */
export const noRoute = botCheck({
  code: 'BW607',
  name: 'severity-without-route',
  severity: 'error',
  finds: 'An alert has a severity that no channel receives in some environment',
  look: ({ bot, model }) =>
    model.alerts
      // those that no channel is chosen for: a watchdog and a quiet notify nobody, the others every channel
      .filter(({ of }) => !['watchdog', 'quiet', 'posted'].includes(of.of) && !of.direct && !of.everywhere)
      .flatMap(({ of, severity }) => {
        const silent = Object.entries(bot.environments)
          .filter(([, { tell }]) => tell[severity].length === 0)
          .map(([env]) => env)
        // an info alert may go unsent in some environments, and be looked up there
        const isMeant = severity === 'info' && silent.length < Object.keys(bot.environments).length
        if (silent.length === 0 || isMeant) return []
        return [
          {
            subject: alertSubject(of),
            message: `no channel in ${listText(silent, 'or')} receives ${severity} alerts, so nobody would be notified`,
            fix: `name a channel in environments: { ${silent[0]}: { tell: { ${severity}: ['…'] } } }, or choose another severity`,
          },
        ]
      }),
})

import { wholeCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** An alert of a severity that nobody is told of. */
export const noRoute = wholeCheck({
  code: 'BW607',
  name: 'severity-without-route',
  severity: 'error',
  finds: 'An alert has a severity of which nobody is told in some environment',
  look: ({ bot, model }) =>
    model.alerts
      .filter(({ of }) => of.of !== 'watchdog')
      .flatMap(({ of, severity }) => {
        const silent = Object.entries(bot.environments)
          .filter(([, { tell }]) => tell[severity].length === 0)
          .map(([env]) => env)
        // what is only worth knowing may be looked up where it is not told
        const isMeant = severity === 'info' && silent.length < Object.keys(bot.environments).length
        if (silent.length === 0 || isMeant) return []
        return [
          {
            subject: alertSubject(of),
            message: `it is ${severity}, of which nobody is told in ${silent.join(' and ')}: it fires, and no one knows`,
            fix: `name a channel in environments: { ${silent[0]}: { tell: { ${severity}: ['…'] } } }, or choose another severity`,
          },
        ]
      }),
})

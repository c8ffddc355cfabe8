import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { botSubject } from '../subjects.ts'

/** A severity worth waking somebody for that depends on a single channel. */
export const singleChannel = botCheck({
  code: 'BW612',
  name: 'single-channel',
  severity: 'warning',
  finds: 'Critical or warning alerts of an environment reach a single channel',
  look: ({ bot, alerts }) =>
    Object.entries(bot.environments).flatMap(([env, { tell }]) => {
      const alone = (['critical', 'warning'] as const).filter(
        (severity) => tell[severity].length === 1 && alerts.some(({ rule }) => rule.severity === severity),
      )
      return [...new Set(alone.flatMap((severity) => tell[severity]))].map((channel) => {
        const among = alone.filter((severity) => tell[severity].includes(channel))
        // that a channel fails is critical
        const isBlind = among.includes('critical')
        return {
          subject: botSubject(bot),
          message: `${listText(among)} alerts in ${env} reach only ${channel}: while that fails, nobody gets them${isBlind ? ', nor the alert about the failure' : ''}`,
          fix: `name a second channel in environments: { ${env}: { tell: { ${among[0]}: ['…', '…'] } } }`,
        }
      })
    }),
})

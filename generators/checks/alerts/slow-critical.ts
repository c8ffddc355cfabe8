import { durationText, inSeconds } from '../../../definitions/language/duration.ts'
import { latencies } from '../../latency/latency.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** How much later than its condition and its `for` ask for the first message of a critical alert may come, in seconds. */
const slack = 25

/** A critical alert whose message comes late because of how often the stack scrapes and evaluates. */
export const slowCritical = botCheck({
  code: 'BW613',
  name: 'slow-critical',
  severity: 'warning',
  finds: `The message of a critical alert may come more than ${slack} seconds later than its condition and its for require`,
  look: ({ bot, model, alerts }) => {
    const latency = latencies(model)
    const { scrape, evaluate } = bot.stack
    return alerts.flatMap(({ alert, rule }) => {
      const of = latency(rule)
      if (rule.severity !== 'critical' || of === null || !Number.isFinite(of.most)) return []
      const late = Math.ceil(of.most - of.condition - inSeconds(rule.hold))
      return late <= slack
        ? []
        : [
            {
              subject: alertSubject(alert),
              message: `its message may come ${durationText(late * 1000)} later than its condition${rule.hold === null ? ' requires' : ` and its for of ${rule.hold} require`}, expected at most ${slack}s: the bot is scraped every ${scrape.bot}, exporters every ${scrape.exporters} with a timeout of ${scrape.timeout}, and rules are evaluated every ${evaluate}`,
              fix: 'shorten scrape and evaluate in stack(), and make its for a multiple of evaluate',
            },
          ]
    })
  },
})

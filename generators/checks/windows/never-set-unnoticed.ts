import type { Metric } from '../../../definitions/language/metric.ts'
import { existsFromStart, hasOpenLabel } from '../../../definitions/language/presence.ts'
import { dependantsOf } from '../../model/dependants.ts'
import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { metricSubject } from '../subjects.ts'

/** A metric that an alert depends on and that may never appear: the alert stays silent, and nothing says so. */
export const neverSetUnnoticed = botCheck({
  code: 'BW507',
  name: 'never-set-unnoticed',
  severity: 'error',
  finds: 'An alert depends on a metric that may never be set, and nothing reports that',
  look: ({ bot }) => {
    const dependants = dependantsOf(bot)
    return Object.values(bot.metrics).flatMap((metric) => {
      if (metric.ofContract || !waits(metric) || metric.mayBeAbsent !== null) return []
      const alerts = dependants.of(metric.name)
      if (alerts.length === 0 || dependants.areWarned(metric.name)) return []
      const names = listText(alerts.map(({ name }) => name))
      const silent = `${names} cannot fire without it`
      if (metric.mustBeSetWithin === null)
        return [
          {
            subject: metricSubject(metric),
            message: `${silent}, ${whenItAppears(metric)}: if the part of the bot that sets it never starts, nobody is notified`,
            fix: "give it a deadline with mustBeSetWithin, such as '5m', watch it with absence(), or say in mayBeAbsent why and for how long it may be absent",
          },
        ]
      const critical = alerts.filter(({ severity }) => severity === 'critical')
      if (bot.watchContract && metric.expiresAfter !== null && critical.length > 0)
        return [
          {
            subject: metricSubject(metric),
            message: `${listText(critical.map(({ name }) => name))} cannot fire once it has expired, ${metric.expiresAfter} after it was last set, and its deadline of ${metric.mustBeSetWithin} is only about the first time: if the part of the bot that sets it stops, nobody is notified`,
            fix: 'watch it with absence(), give it a value for that time with initially, or say in mayBeAbsent why it may be absent',
          },
        ]
      if (bot.watchContract) return []
      return [
        {
          subject: metricSubject(metric),
          message: `${silent}, and its deadline of ${metric.mustBeSetWithin} has no effect: watchContract is false, so no alert reports that it was missed`,
          fix: 'watch it with absence(), say in mayBeAbsent why and for how long it may be absent, or remove watchContract',
        },
      ]
    })
  },
})

/** What a counter or a histogram has not counted yet is nothing: only BW505 needs its series. */
const waits = (metric: Metric): boolean =>
  metric.kind !== 'counter' && metric.kind !== 'histogram' && !existsFromStart(metric)

function whenItAppears(metric: Metric): string {
  const again = metric.expiresAfter === null ? '' : `, and again when it was not set for ${metric.expiresAfter}`
  if (!hasOpenLabel(metric)) return `and it is absent until it is first set${again}`
  const open = Object.entries(metric.labels).flatMap(([name, label]) => ('max' in label ? [name] : []))
  return `and it has no series before the first value of ${listText(open)}${again}`
}

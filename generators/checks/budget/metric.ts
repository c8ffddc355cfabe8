import { isOpen } from '../../../definitions/language/label.ts'
import { seriesBoundOf } from '../../../definitions/language/series-bound.ts'
import { botCheck } from '../check.ts'
import { metricSubject } from '../subjects.ts'

const metricBudget = 2000

/** One metric with more series than anyone looks at. */
export const seriesOfMetric = botCheck({
  code: 'BW802',
  name: 'series-of-metric',
  severity: 'warning',
  finds: `One metric can have more than ${metricBudget} series`,
  look: ({ bot }) =>
    Object.values(bot.metrics).flatMap((metric) => {
      // an info has one series at a time, but Prometheus keeps every value it ever had
      const values = Object.values(metric.labels).map((label) => (isOpen(label) ? label.max : 1))
      const bound = Math.max(seriesBoundOf(metric), ...values)
      if (bound <= metricBudget) return []
      return [
        {
          subject: metricSubject(metric),
          message: `its labels allow up to ${bound} series per process, more than ${metricBudget}`,
          fix: 'lower the budget of an open label, or drop a label or some buckets',
        },
      ]
    }),
})

import { isOpen } from '../../../definitions/language/label.ts'
import { seriesBoundOf } from '../../../definitions/language/series-bound.ts'
import { wholeCheck } from '../check.ts'
import { metricSubject } from '../subjects.ts'

const metricBudget = 2000

/** One metric with more series than all others together are worth. */
export const seriesOfMetric = wholeCheck({
  code: 'BW802',
  name: 'series-of-metric',
  severity: 'warning',
  finds: `One metric can have more than ${metricBudget} series`,
  look: ({ bot }) =>
    Object.values(bot.metrics).flatMap((metric) => {
      // an info has one series at a time, and each value that it ever had is kept
      const values = Object.values(metric.labels).map((label) => (isOpen(label) ? label.max : 1))
      const bound = Math.max(seriesBoundOf(metric), ...values)
      if (bound <= metricBudget) return []
      return [
        {
          subject: metricSubject(metric),
          message: `its labels make up to ${bound} series of each process, more than ${metricBudget}`,
          fix: 'lower the budget of an open label, or leave a label or buckets out',
        },
      ]
    }),
})

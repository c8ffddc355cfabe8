import { wholeCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

const identity = ['bot', 'env']

/** An alert without the labels by which Alertmanager chooses whom to tell. */
export const routingLabel = wholeCheck({
  code: 'BW603',
  name: 'routing-label',
  severity: 'error',
  finds: 'The series of an alert lack a label by which it is routed',
  look: ({ alerts }) =>
    alerts
      .filter(({ alert }) => alert.of === 'condition')
      .flatMap(({ alert, looked }) =>
        looked
          .filter(({ expression }) => expression !== null && expression.meaning.never === null)
          .flatMap(({ text, expression }) => {
            const missing = identity.filter((label) => expression?.meaning.labels.has(label) === false)
            // absent() has a check of its own, which says what to ask for
            if (missing.length === 0 || /\babsent(_over_time)?\s*\(/.test(text)) return []
            return [
              {
                subject: alertSubject(alert),
                message: `its series do not carry ${missing.join(' and ')}, so that nobody can tell whom it is about, and no route takes it`,
                fix: `keep ${missing.join(' and ')} in by (…)`,
                in: { text, from: 0, to: text.length },
              },
            ]
          }),
      ),
})

import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

const identity = ['bot', 'env']
const subjects: Readonly<Record<string, string>> = { bot: 'bot', env: 'environment' }

/** An alert without the labels by which Alertmanager routes and groups it. */
export const routingLabel = botCheck({
  code: 'BW603',
  name: 'routing-label',
  severity: 'error',
  finds: 'The series of an alert lack a label by which it is routed',
  look: ({ alerts }) =>
    alerts
      .filter(({ alert }) => alert.of === 'condition')
      .flatMap(({ alert, expressions }) =>
        expressions
          .filter(({ expression }) => expression !== null && expression.meaning.never === null)
          .flatMap(({ text, expression }) => {
            const missing = identity.filter((label) => expression?.meaning.labels.has(label) === false)
            // absent() has a check of its own, which names the matchers to add
            if (missing.length === 0 || /\babsent(_over_time)?\s*\(/.test(text)) return []
            return [
              {
                subject: alertSubject(alert),
                message: `its series have no label ${listText(missing, 'or')}: the message cannot say which ${missing.map((label) => subjects[label]).join(' or ')}${missing.includes('env') ? ', and only the default route matches' : ''}`,
                fix: `keep ${listText(missing)} in by (…)`,
                in: { text, from: 0, to: text.length },
              },
            ]
          }),
      ),
})

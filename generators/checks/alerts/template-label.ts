import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** A label that the summary uses and the alert's series do not have: the message has a gap. */
export const templateLabel = botCheck({
  code: 'BW602',
  name: 'template-label',
  severity: 'error',
  finds: 'A summary uses a label that the series of the alert do not have',
  look: ({ alerts }) =>
    alerts.flatMap(({ alert, expressions }) => {
      const asked = alert.summary.text.flatMap((part) =>
        typeof part === 'object' && part.from === 'label' ? [part.name] : [],
      )
      return [...new Set(asked)].flatMap((label) =>
        expressions
          .filter(({ expression }) => expression !== null && expression.meaning.never === null)
          .filter(({ expression }) => expression?.meaning.labels.has(label) === false)
          .slice(0, 1)
          .map(({ text }) => ({
            subject: alertSubject(alert),
            message: `its summary uses the label ${label}, which its series do not have: the message would have a gap there`,
            fix: 'keep the label in the expression, or remove it from the summary',
            in: { text, from: 0, to: text.length },
          })),
      )
    }),
})

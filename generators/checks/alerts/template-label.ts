import { wholeCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

/** A label that the summary names and that the alert's series do not carry: the message has a hole there. */
export const templateLabel = wholeCheck({
  code: 'BW602',
  name: 'template-label',
  severity: 'error',
  finds: 'A summary names a label that the series of the alert do not carry',
  look: ({ alerts }) =>
    alerts.flatMap(({ alert, looked }) => {
      const asked = alert.summary.text.flatMap((part) =>
        typeof part === 'object' && part.from === 'label' ? [part.name] : [],
      )
      return [...new Set(asked)].flatMap((label) =>
        looked
          .filter(({ expression }) => expression !== null && expression.meaning.never === null)
          .filter(({ expression }) => expression?.meaning.labels.has(label) === false)
          .slice(0, 1)
          .map(({ text }) => ({
            subject: alertSubject(alert),
            message: `its summary names the label ${label}, which its series do not carry: the message has a hole there`,
            fix: 'keep the label in the expression, or leave it out of the summary',
            in: { text, from: 0, to: text.length },
          })),
      )
    }),
})

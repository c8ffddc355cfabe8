import type { AnyAlert } from '../../../definitions/language/alert.ts'
import { listText } from '../../text/list-text.ts'
import type { CheckedAlert } from '../bot-context.ts'
import { botCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'

const equal = ['bot', 'env']

/** An inhibition whose `equal` labels are missing: on one side it never mutes, on both it mutes across bots and environments. */
export const inhibition = botCheck({
  code: 'BW608',
  name: 'inhibition-labels',
  severity: 'error',
  finds: 'An alert and the one that mutes it do not share the labels that must be equal',
  look: ({ alerts }) => {
    const byName = new Map(alerts.map((one) => [one.alert.name, one]))
    return alerts.flatMap((muted) =>
      muted.alert.mutedBy.flatMap((cause) => {
        const source = byName.get(cause.name)
        return source === undefined ? [] : complaint(muted, source, cause)
      }),
    )
  },
})

function complaint(muted: CheckedAlert, source: CheckedAlert, cause: AnyAlert) {
  const [mine, theirs] = [missing(muted), missing(source)]
  const across = mine.filter((label) => theirs.includes(label))
  const never = [...mine, ...theirs].filter((label) => !across.includes(label))
  const subject = alertSubject(muted.alert)
  if (across.length > 0)
    return [
      {
        subject,
        message: `neither alert has the label ${listText(across, 'or')}. Alertmanager treats a label missing on both sides as equal, so ${cause.name} for one ${across[0]} would mute this alert for another`,
        fix: `keep ${listText(across)} in both expressions`,
      },
    ]
  if (never.length === 0) return []
  const side = mine.length > 0 ? 'it' : cause.name
  return [
    {
      subject,
      message: `${side} has no label ${listText(never, 'or')}, which must be equal for ${cause.name} to mute this alert: it never does`,
      fix: `keep ${listText(never)} in both expressions`,
    },
  ]
}

const missing = ({ expressions }: CheckedAlert): readonly string[] =>
  equal.filter((label) =>
    expressions.some(
      ({ expression }) =>
        expression !== null && expression.meaning.never === null && !expression.meaning.labels.has(label),
    ),
  )

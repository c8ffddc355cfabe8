import type { AnyAlert } from '../../../definitions/language/alert.ts'
import { wholeCheck } from '../check.ts'
import { alertSubject } from '../subjects.ts'
import type { LookedAlert } from '../whole.ts'

const equal = ['bot', 'env']

/** An inhibition whose `equal` labels are not there: on one side it never mutes, on both it mutes across bots and environments. */
export const inhibition = wholeCheck({
  code: 'BW608',
  name: 'inhibition-labels',
  severity: 'error',
  finds: 'An alert is muted by one with which it does not share the labels that have to be equal',
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

function complaint(muted: LookedAlert, source: LookedAlert, cause: AnyAlert) {
  const [mine, theirs] = [missing(muted), missing(source)]
  const across = mine.filter((label) => theirs.includes(label))
  const never = [...mine, ...theirs].filter((label) => !across.includes(label))
  const subject = alertSubject(muted.alert)
  if (across.length > 0)
    return [
      {
        subject,
        message: `neither it nor ${cause.name}, which mutes it, carries ${across.join(' and ')}: what is missing on both sides is equal, and one ${across[0]} mutes another`,
        fix: `keep ${across.join(' and ')} in both expressions`,
      },
    ]
  if (never.length === 0) return []
  const side = mine.length > 0 ? 'it does' : `${cause.name} does`
  return [
    {
      subject,
      message: `${side} not carry ${never.join(' and ')}, which has to be equal for ${cause.name} to mute it: it never does`,
      fix: `keep ${never.join(' and ')} in both expressions`,
    },
  ]
}

const missing = ({ looked }: LookedAlert): readonly string[] =>
  equal.filter((label) =>
    looked.some(
      ({ expression }) =>
        expression !== null && expression.meaning.never === null && !expression.meaning.labels.has(label),
    ),
  )

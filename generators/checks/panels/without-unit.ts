import { wholeCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** A panel whose numbers nobody can read: what they are measured in is not known. */
export const withoutUnit = wholeCheck({
  code: 'BW703',
  name: 'panel-without-unit',
  severity: 'warning',
  finds: 'A panel shows numbers of which nobody knows what they are measured in',
  look: ({ panels }) =>
    panels.flatMap(({ panel, shown }) =>
      shown
        .filter(({ shown: { unit } }) => unit.dim === 'mixed')
        .map(({ looked: { text } }) => ({
          subject: panelSubject(panel),
          message:
            'its numbers are of mixed dimensions, and are shown without a unit: 20 may be seconds, dollars or percent',
          fix: 'say what it is with .as(unit), or show what has a unit',
          in: { text, from: 0, to: text.length },
        })),
    ),
})

import { botCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** A panel whose numbers nobody can interpret: their unit is unknown. */
export const withoutUnit = botCheck({
  code: 'BW703',
  name: 'panel-without-unit',
  severity: 'warning',
  finds: 'A panel shows numbers whose unit is unknown',
  look: ({ panels }) =>
    panels.flatMap(({ panel, shown }) =>
      shown
        .filter(({ shown: { unit } }) => unit.dim === 'mixed')
        .map(({ looked: { text } }) => ({
          subject: panelSubject(panel),
          message: 'its numbers mix dimensions and are shown without a unit: 20 could be seconds, dollars or percent',
          fix: 'state the unit with .as(unit), or show something that has one',
          in: { text, from: 0, to: text.length },
        })),
    ),
})

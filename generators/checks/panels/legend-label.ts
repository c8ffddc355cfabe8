import { wholeCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** Labels that a query is said to have, and that its series do not: its legend is empty there, and its curves look alike. */
export const legendLabel = wholeCheck({
  code: 'BW705',
  name: 'legend-label',
  severity: 'error',
  finds: 'A legend names a label that the series of its panel do not have',
  look: ({ panels }) =>
    panels.flatMap(({ panel, shown }) =>
      shown.flatMap(({ shown: { labels }, looked: { text, expression } }) => {
        if (expression === null || expression.meaning.never !== null) return []
        const missing = labels.filter((label) => !expression.meaning.labels.has(label))
        if (missing.length === 0) return []
        return [
          {
            subject: panelSubject(panel),
            message: `its legend names ${missing.join(' and ')}, which its series do not have: nobody can tell its curves apart`,
            fix: 'keep the label in by (…), or leave it out of what the query is said to have',
            in: { text, from: 0, to: text.length },
          },
        ]
      }),
    ),
})

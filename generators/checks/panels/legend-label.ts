import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** Labels that are declared for a query and that its series do not have: the legend is empty there, and all lines look alike. */
export const legendLabel = botCheck({
  code: 'BW705',
  name: 'legend-label',
  severity: 'error',
  finds: 'A legend uses a label that the series of its panel do not have',
  look: ({ panels }) =>
    panels.flatMap(({ panel, shown }) =>
      shown.flatMap(({ shown: { labels }, looked: { text, expression } }) => {
        if (expression === null || expression.meaning.never !== null) return []
        const missing = labels.filter((label) => !expression.meaning.labels.has(label))
        if (missing.length === 0) return []
        return [
          {
            subject: panelSubject(panel),
            message: `its legend uses ${listText(missing)}, which its series do not have: its lines cannot be told apart`,
            fix: 'keep the label in by (…), or remove it from the labels declared for the query',
            in: { text, from: 0, to: text.length },
          },
        ]
      }),
    ),
})

import type { PanelKind } from '../../../definitions/language/panel.ts'
import { listText } from '../../text/list-text.ts'
import { botCheck } from '../check.ts'
import { panelSubject } from '../subjects.ts'

/** Lines of several dimensions on one axis: the scale of one hides the others. */
export const twoUnits = botCheck({
  code: 'BW704',
  name: 'panel-of-two-units',
  severity: 'warning',
  finds: 'A panel shows values of several dimensions on one axis',
  look: ({ panels }) =>
    panels
      .filter(({ panel }) => sharesAxis[panel.draws])
      .flatMap(({ panel, shown }) => {
        const units = [...new Set(shown.map(({ shown: { unit } }) => unit.dim))]
        if (units.length < 2) return []
        return [
          {
            subject: panelSubject(panel),
            message: `it shows ${listText(units)} on one axis: the larger numbers flatten the others`,
            fix: 'use a panel for each, or a table',
          },
        ]
      }),
})

/** Whether the queries of a kind of panel are drawn against one scale. */
const sharesAxis: Readonly<Record<PanelKind, boolean>> = {
  timeseries: true,
  stat: false,
  gauge: false,
  barGauge: true,
  table: false,
  heatmap: false,
  stateTimeline: false,
  pie: true,
  logs: false,
  text: false,
}

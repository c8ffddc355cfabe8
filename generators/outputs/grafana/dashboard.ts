import {
  type AnnotationQuery,
  type Dashboard,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkType,
  type Panel,
  type RowPanel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { freeLabelsOf } from '../../model/free-labels.ts'
import type { Board, BoardRow, Model } from '../../model/model.ts'
import type { PanelContext } from './drawing.ts'
import { plainLink } from './link.ts'
import { panelOf } from './panel.ts'
import type { SeriesSources } from './sources.ts'
import { variablesOf } from './variables.ts'

/** The schema version of Grafana 11.6 and 12.0: earlier versions read it as is, later ones find nothing to migrate. */
const schemaVersion = 41

/** What all dashboards of a bot share. */
interface SharedParts {
  readonly annotations: AnnotationQuery[]
  readonly sources: SeriesSources
  readonly alerts: PanelContext['alerts']
}

/** A classic dashboard, as Grafana loads it from a file. */
export function dashboardOf(board: Board, model: Model, shared: SharedParts): Dashboard {
  const { bot } = model
  const context: PanelContext = {
    model,
    choices: { bot: bot.name, sources: shared.sources, variables: board.variables, free: freeLabelsOf(bot) },
    alerts: shared.alerts,
    severalInstances: bot.targets.length > 0,
  }
  return {
    uid: board.uid,
    title: board.title,
    description: board.description,
    tags: ['botwatch', bot.name],
    schemaVersion,
    editable: false,
    graphTooltip: DashboardCursorSync.Crosshair,
    time: { from: board.from, to: 'now' },
    timezone: 'browser',
    timepicker: {},
    refresh: board.refresh,
    weekStart: '',
    fiscalYearStartMonth: 0,
    liveNow: false,
    preload: false,
    annotations: { list: shared.annotations },
    templating: { list: variablesOf(board.variables, context) },
    links: [others(model), ...board.links.map(({ title, url }) => link(title, url))],
    panels: panelsOf(board.rows, context),
  }
}

/** Links from each dashboard to the bot's others, keeping variables and time range. */
const others = ({ bot }: Model): DashboardLink => ({
  ...plainLink,
  type: DashboardLinkType.Dashboards,
  title: bot.title,
  icon: 'external link',
  tags: ['botwatch', bot.name],
  asDropdown: true,
  includeVars: true,
  keepTime: true,
})
const link = (title: string, url: string): DashboardLink => ({
  ...plainLink,
  title,
  url,
  icon: 'external link',
  targetBlank: true,
})

function panelsOf(rows: readonly BoardRow[], context: PanelContext): (Panel | RowPanel)[] {
  const found: (Panel | RowPanel)[] = []
  let bottom = 0
  for (const row of rows) {
    const y = row.panels.length === 0 ? bottom : Math.min(...row.panels.map((panel) => panel.y)) - 1
    if (row.title !== '')
      found.push({
        id: row.id,
        type: 'row',
        title: row.title,
        collapsed: false,
        gridPos: { x: 0, y, w: 24, h: 1 },
        panels: [],
      })
    for (const panel of row.panels) {
      found.push(panelOf(panel, context))
      bottom = Math.max(bottom, panel.y + panel.height)
    }
  }
  return found
}

import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyDashboard } from '../../definitions/language/dashboard.ts'
import type { AnyPanel, PanelKind } from '../../definitions/language/panel.ts'
import type { Board, BoardRow, PanelRef, PlacedPanel } from '../model/model.ts'
import type { Pass } from './pass.ts'

/** Places the panels of each dashboard, and links each alert to the panel that its runbook looks at first. */
export const layoutPass: Pass = (bot, draft) => {
  const dashboards = boardsOf(bot)
  const places = placesOf(dashboards)
  return {
    bot,
    draft: {
      ...draft,
      dashboards,
      alerts: draft.alerts.map((alert) => {
        const first = alert.of.marks.find(({ isLook }) => isLook)
        return { ...alert, panel: first === undefined ? null : (places.get(first.panel) ?? null) }
      }),
    },
    findings: [],
  }
}

const boardsOf = (bot: Bot): readonly Board[] =>
  Object.entries(bot.dashboards).map(([key, dashboard]) => ({
    key,
    uid: `${bot.name}-${key}`,
    title: dashboard.title,
    description: dashboard.description,
    from: dashboard.from,
    refresh: dashboard.refresh,
    variables: Object.entries(dashboard.variables).map(([name, of]) => ({ name, of })),
    links: dashboard.links,
    rows: placeRows(dashboard),
  }))

/** The first place of each panel. */
function placesOf(boards: readonly Board[]): ReadonlyMap<AnyPanel, PanelRef> {
  const places = new Map<AnyPanel, PanelRef>()
  for (const board of boards)
    for (const { of, id } of board.rows.flatMap((row) => row.panels))
      if (!places.has(of)) places.set(of, { dashboard: board.key, uid: board.uid, id, title: of.title })
  return places
}

/** Grafana's grid. */
const columns = 24
const usualWidth: Readonly<Record<PanelKind, number>> = {
  timeseries: 12,
  stat: 4,
  gauge: 4,
  barGauge: 8,
  table: 12,
  heatmap: 12,
  stateTimeline: 12,
  pie: 8,
  logs: 24,
  text: 24,
}
const usualHeight: Readonly<Record<PanelKind, number>> = {
  timeseries: 8,
  stat: 4,
  gauge: 4,
  barGauge: 8,
  table: 8,
  heatmap: 8,
  stateTimeline: 6,
  pie: 8,
  logs: 10,
  text: 3,
}

/** Places a dashboard's rows and panels on the grid, line by line; an incomplete line is stretched. */
function placeRows(dashboard: AnyDashboard): readonly BoardRow[] {
  let id = 0
  let y = 0
  return dashboard.rows.map((row) => {
    const rowId = ++id
    if (row.title !== '') y += 1
    const panels = row.panels.map((key) => dashboard.panels[key]).filter((panel) => panel !== undefined)
    const found: PlacedPanel[] = []
    for (const line of lines(panels)) {
      const widths = stretched(line)
      const height = Math.max(...line.map((panel) => panel.height ?? usualHeight[panel.draws]))
      let x = 0
      for (const [i, panel] of line.entries()) {
        const width = widths[i] as number
        found.push({
          of: panel,
          id: ++id,
          x,
          y,
          width,
          height: panel.height ?? height,
          thresholds: [],
          alerts: [],
        })
        x += width
      }
      y += height
    }
    return { title: row.title, id: rowId, panels: found }
  })
}

const widthOf = (panel: AnyPanel) => panel.width ?? usualWidth[panel.draws]

function lines(panels: readonly AnyPanel[]): readonly AnyPanel[][] {
  const found: AnyPanel[][] = []
  let room = 0
  for (const panel of panels) {
    const width = widthOf(panel)
    if (width > room) {
      found.push([])
      room = columns
    }
    found.at(-1)?.push(panel)
    room -= width
  }
  return found
}

/** Widths that fill the line; widths given in a definition are kept. */
function stretched(line: readonly AnyPanel[]): readonly number[] {
  const widths = line.map(widthOf)
  const free = line.filter((panel) => panel.width === null).length
  let spare = columns - widths.reduce((sum, width) => sum + width, 0)
  if (free === 0) return widths
  const share = Math.floor(spare / free)
  return line.map((panel, i) => {
    if (panel.width !== null) return widths[i] as number
    const last = line.slice(i + 1).every((later) => later.width !== null)
    const more = last ? spare : share
    spare -= more
    return (widths[i] as number) + more
  })
}

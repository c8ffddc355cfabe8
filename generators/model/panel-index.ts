import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { Board, Model, PlacedPanel } from './model.ts'

/** A panel on its dashboard. */
export interface ShownPanel {
  readonly board: Board
  readonly panel: PlacedPanel
}

/** Every panel of a bot, in the order of dashboards and rows. */
export const shownPanels = ({ dashboards }: Model): readonly ShownPanel[] =>
  dashboards.flatMap((board) => board.rows.flatMap((row) => row.panels.map((panel) => ({ board, panel }))))

/** Where each panel is. */
export const panelIndex = (model: Model): ReadonlyMap<AnyPanel, ShownPanel> =>
  new Map(shownPanels(model).map((shown) => [shown.panel.of, shown]))

/** The path of a panel, to be appended to Grafana's address. */
export const panelPath = ({ board, panel }: ShownPanel): string => `/d/${board.uid}?viewPanel=${panel.id}`

/** The titles of its dashboard and its own; a panel without a title is named after its kind. */
export const panelTitle = ({ board, panel }: ShownPanel): string =>
  `${board.title} / ${panel.of.title === '' ? panel.of.draws : panel.of.title}`

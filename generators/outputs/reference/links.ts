import type { Metric } from '../../../definitions/language/metric.ts'
import type { AlertRule, Board, RecordRule } from '../../model/model.ts'
import { panelTitle, type ShownPanel } from '../../model/panel-index.ts'
import { anchor, code, link, prose } from '../../text/markdown.ts'

// Links between the pages of docs/ and to the runbooks next to that folder.

export const toRunbook = ({ name }: Pick<AlertRule, 'name'>): string => link(code(name), `../runbooks/${name}.md`)
export const toMetric = ({ name }: Metric): string => link(code(name), `metrics.md#${anchor(name)}`)
export const toRecord = ({ name }: RecordRule): string => link(code(name), `metrics.md#${anchor(name)}`)
/** From docs/dashboards.md itself. */
export const toBoard = ({ title }: Board): string => link(prose(title), `#${anchor(title)}`)
/** A panel has no heading of its own: the link leads to its dashboard. */
export const toPanel = (shown: ShownPanel): string =>
  link(prose(panelTitle(shown)), `dashboards.md#${anchor(shown.board.title)}`)

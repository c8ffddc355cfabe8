import type { AnyAlert } from '../../definitions/language/alert.ts'
import type { Bot } from '../../definitions/language/bot.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import type { PlacedPanel, Threshold } from '../model/model.ts'
import type { Pass } from './pass.ts'

/** Draws into each panel the limits of the alerts that mark it, and links it to those whose runbooks look at it. */
export const thresholdsPass: Pass = (bot, draft) => {
  const marks = marksOf(bot)
  const marked = (panel: PlacedPanel): PlacedPanel => ({ ...panel, ...marks.get(panel.of) })
  return {
    bot,
    draft: {
      ...draft,
      dashboards: draft.dashboards.map((board) => ({
        ...board,
        rows: board.rows.map((row) => ({ ...row, panels: row.panels.map(marked) })),
      })),
    },
    findings: [],
  }
}

/** The alerts on a panel, in the bot's order. */
interface Marks {
  readonly thresholds: readonly Threshold[]
  /** Names of those whose runbooks look at it. */
  readonly alerts: readonly string[]
}

/** The limits that alerts mark, by panel. */
export function marksOf({ alerts }: Pick<Bot, 'alerts'>): ReadonlyMap<AnyPanel, Marks> {
  const found = new Map<AnyPanel, { thresholds: Threshold[]; alerts: string[] }>()
  const at = (panel: AnyPanel) => {
    const known = found.get(panel) ?? { thresholds: [], alerts: [] }
    found.set(panel, known)
    return known
  }
  for (const alert of alerts)
    for (const { panel, isLook, limit } of alert.marks) {
      if (isLook) at(panel).alerts.push(alert.name)
      if (limit !== null) at(panel).thresholds.push(thresholdOf(alert, limit))
    }
  return found
}

const thresholdOf = ({ name, severity }: AnyAlert, { value, bad }: Pick<Threshold, 'value' | 'bad'>): Threshold => ({
  value,
  severity,
  bad,
  alert: name,
})

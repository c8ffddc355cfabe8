import type { Bot } from '../../definitions/language/bot.ts'
import { type Defect, defect } from '../../definitions/language/defect.ts'
import type { AnyPanel } from '../../definitions/language/panel.ts'
import { listText } from '../text/list-text.ts'
import { marksOf } from './thresholds.ts'

/** A panel that draws an alert's threshold may not have limits of its own: the two could contradict each other. */
export function limitDefects(bot: Bot): (panel: AnyPanel) => readonly Defect[] {
  const marks = marksOf(bot)
  return (panel) => {
    if ((panel.show[0]?.limits ?? []).length === 0) return []
    const watching = marks.get(panel)?.thresholds.map(({ alert }) => alert) ?? []
    if (watching.length === 0) return []
    return [
      defect(
        'panel-limit-twice',
        `it has limits of its own, but already draws the ${watching.length === 1 ? 'threshold' : 'thresholds'} of ${listText(watching)}`,
        'remove `limits` of its first query',
      ),
    ]
  }
}

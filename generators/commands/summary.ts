import type { Model } from '../model/model.ts'
import { countText } from '../text/count-text.ts'
import type { Plan } from '../write/plan.ts'

/** The size of a bot's model, and what changed in its folder. */
export function summary(model: Model, done: Plan): string {
  const { bot } = model
  const panels = model.dashboards.flatMap((board) => board.rows.flatMap((row) => row.panels))
  const counts = [
    countText(Object.keys(bot.metrics).length, 'metric'),
    countText(model.alerts.length, 'alert'),
    countText(model.dashboards.length, 'dashboard'),
    countText(panels.length, 'panel'),
    `at most ${model.seriesBound.toLocaleString('en')} series`,
  ]
  const sizes = [
    `${done.added.length} added`,
    `${done.changed.length} changed`,
    `${done.removed.length} removed`,
    `${done.unchanged.length} unchanged`,
    ...(done.overwritten.length > 0 ? [`${done.overwritten.length} of them had been edited by hand`] : []),
  ]
  const changes = [
    ...done.added.map((file) => `  + ${file.path}`),
    ...done.changed.map((file) => `  ~ ${file.path}`),
    ...done.removed.map((file) => `  - ${file.path}`),
  ]
  const shown = changes.length > 12 ? [...changes.slice(0, 10), `  and ${changes.length - 10} more`] : changes
  return `${[`${bot.title}: ${counts.join(', ')}`, `  ${done.target}: ${sizes.join(', ')}`, ...shown].join('\n')}\n`
}

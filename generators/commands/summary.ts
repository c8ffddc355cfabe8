import type { Model } from '../model/model.ts'
import type { Plan } from '../write/plan.ts'

/** What a bot consists of, and what changed in its folder. */
export function summary(model: Model, done: Plan): string {
  const { bot } = model
  const panels = model.dashboards.flatMap((board) => board.rows.flatMap((row) => row.panels))
  const counts = [
    counted(Object.values(bot.metrics), 'metric'),
    counted(model.alerts, 'alert'),
    counted(model.dashboards, 'dashboard'),
    counted(panels, 'panel'),
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

/** `1 alert`, `2 alerts`. */
export const counted = (of: readonly unknown[], what: string) => `${of.length} ${what}${of.length === 1 ? '' : 's'}`

import { selectors } from '../../../definitions/language/node.ts'
import type { ShownQuery } from '../../../definitions/language/panel.ts'

/** Labels that all series of a panel share: bot and env are chosen, there is one job, and `le` is the heatmap's axis. */
const shared: ReadonlySet<string> = new Set(['bot', 'env', 'job', 'le'])

/** The labels that distinguish the series of a query, instance last, and only if one environment can have several. */
export function distinguishingLabels(shown: ShownQuery, severalInstances: boolean): readonly string[] {
  const apart = shown.labels.filter((label) => !shared.has(label) && label !== 'instance' && !isPinned(shown, label))
  return severalInstances && shown.labels.includes('instance') ? [...apart, 'instance'] : apart
}

/** The legend of a series, such as `p95 BTCUSDT`; never the raw label set. */
export const legendOf = (shown: ShownQuery, labels: readonly string[], title: string): string =>
  [shown.name || (labels.length === 0 ? title : ''), ...labels.map((label) => `{{${label}}}`)].join(' ').trim()

/** Whether every selector matches a single value of a label: then the label says nothing. */
function isPinned({ query }: ShownQuery, label: string): boolean {
  const asked = selectors(query)
  return asked.length > 0 && asked.every((s) => s.matchers.some((m) => m.label === label && m.op === '='))
}

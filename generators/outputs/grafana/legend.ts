import { selectors } from '../../../definitions/language/node.ts'
import type { Shown } from '../../../definitions/language/panel.ts'

/** All series of a panel share them: bot and env are chosen, the job is one, `le` is the heatmap's axis. */
const shared: ReadonlySet<string> = new Set(['bot', 'env', 'job', 'le'])

/** The labels that tell the series of a query apart, instance last; it counts only where several can run in one environment. */
export function distinguishing(shown: Shown, severalInstances: boolean): readonly string[] {
  const apart = shown.labels.filter((label) => !shared.has(label) && label !== 'instance' && !isPinned(shown, label))
  return severalInstances && shown.labels.includes('instance') ? [...apart, 'instance'] : apart
}

/** What people read at a series: `p95 BTCUSDT`; never the raw label set. */
export const legendOf = (shown: Shown, labels: readonly string[], title: string): string =>
  [shown.name || (labels.length === 0 ? title : ''), ...labels.map((label) => `{{${label}}}`)].join(' ').trim()

/** Whether every selector asks for one value of a label: then it says nothing. */
function isPinned({ query }: Shown, label: string): boolean {
  const asked = selectors(query)
  return asked.length > 0 && asked.every((s) => s.matchers.some((m) => m.label === label && m.op === '='))
}

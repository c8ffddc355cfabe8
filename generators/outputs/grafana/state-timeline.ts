import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import { defaultFieldConfig, defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/statetimeline'
import type { Drawing, PanelBody } from './drawing.ts'
import { isLimited } from './limits.ts'
import { byLimits, bySeries, curves, noLegend, tooltip } from './options.ts'

/** States over time, one line per series; for a state set one line per state, named after it. */
export const stateTimelinePanel = (drawing: Drawing): PanelBody => {
  const named = drawing.queries.every(({ says }) => says === 'state')
  return {
    type: 'state-timeline',
    color: named || !isLimited(drawing) ? bySeries : byLimits,
    asks: curves,
    options: {
      ...defaultOptions(),
      legend: noLegend,
      tooltip,
      showValue: named ? VisibilityMode.Never : VisibilityMode.Auto,
    } satisfies Options,
    custom: { ...defaultFieldConfig(), fillOpacity: 80 },
  }
}

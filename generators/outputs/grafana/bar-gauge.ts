import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/bargauge'
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common'
import type { Drawing, PanelBody } from './drawing.ts'
import { isLimited } from './limits.ts'
import { byLimits, lastValue, latest, neutral } from './options.ts'

/** A bar for each series. */
export const barGaugePanel = (drawing: Drawing): PanelBody => ({
  type: 'bargauge',
  color: isLimited(drawing) ? byLimits : neutral,
  asks: latest,
  options: {
    ...defaultOptions(),
    reduceOptions: lastValue,
    displayMode: BarGaugeDisplayMode.Basic,
    orientation: VizOrientation.Horizontal,
  } satisfies Options,
})

import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/bargauge'
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common'
import type { Drawing, Drawn } from './drawing.ts'
import { byLimits, bySeries, lastValue, latest } from './options.ts'

/** A bar for each series. */
export const barGauge = ({ placed }: Drawing): Drawn => ({
  type: 'bargauge',
  color: placed.thresholds.length > 0 ? byLimits : bySeries,
  asks: latest,
  options: {
    ...defaultOptions(),
    reduceOptions: lastValue,
    displayMode: BarGaugeDisplayMode.Basic,
    orientation: VizOrientation.Horizontal,
  } satisfies Options,
})

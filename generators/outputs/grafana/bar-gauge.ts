import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/bargauge'
import { BarGaugeDisplayMode, VizOrientation } from '@grafana/grafana-foundation-sdk/common'
import type { Drawing, Drawn } from './drawing.ts'
import { isLimited } from './limits.ts'
import { byLimits, lastValue, latest, neutral } from './options.ts'

/** A bar for each series. */
export const barGauge = (drawing: Drawing): Drawn => ({
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

import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/gauge'
import type { PanelBody } from './drawing.ts'
import { byLimits, lastValue, latest } from './options.ts'

/** The last value on a dial. */
export const gaugePanel = (): PanelBody => ({
  type: 'gauge',
  color: byLimits,
  asks: latest,
  options: { ...defaultOptions(), reduceOptions: lastValue } satisfies Options,
})

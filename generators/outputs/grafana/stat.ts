import { BigValueColorMode, BigValueGraphMode, BigValueTextMode } from '@grafana/grafana-foundation-sdk/common'
import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/stat'
import type { Drawing, PanelBody } from './drawing.ts'
import { isLimited } from './limits.ts'
import { byLimits, lastValue, latest, textColor } from './options.ts'

/** The last value in large type; for a state set, the current state. */
export const statPanel = (drawing: Drawing): PanelBody => ({
  type: 'stat',
  color: isLimited(drawing) ? byLimits : textColor,
  asks: latest,
  options: {
    ...defaultOptions(),
    reduceOptions: lastValue,
    colorMode: BigValueColorMode.Value,
    graphMode: BigValueGraphMode.None,
    textMode: drawing.queries.every(({ says }) => says === 'state') ? BigValueTextMode.Name : BigValueTextMode.Auto,
  } satisfies Options,
})

import { BigValueColorMode, BigValueGraphMode, BigValueTextMode } from '@grafana/grafana-foundation-sdk/common'
import { defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/stat'
import type { Drawing, Drawn } from './drawing.ts'
import { isLimited } from './limits.ts'
import { byLimits, lastValue, latest, plain } from './options.ts'

/** The last value in large type; for a state set, the current state. */
export const stat = (drawing: Drawing): Drawn => ({
  type: 'stat',
  color: isLimited(drawing) ? byLimits : plain,
  asks: latest,
  options: {
    ...defaultOptions(),
    reduceOptions: lastValue,
    colorMode: BigValueColorMode.Value,
    graphMode: BigValueGraphMode.None,
    textMode: drawing.queries.every(({ says }) => says === 'state') ? BigValueTextMode.Name : BigValueTextMode.Auto,
  } satisfies Options,
})

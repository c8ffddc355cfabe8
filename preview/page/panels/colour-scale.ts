import type { HeatmapColorOptions } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import * as schemes from 'd3-scale-chromatic'
import { mode } from '../mode.ts'

/** The colour of a share from 0 to 1 in a heatmap's scheme; an unknown scheme becomes Spectral. */
export function colourScale(options: Partial<HeatmapColorOptions> | undefined): (share: number) => string {
  const wanted = `interpolate${options?.scheme ?? 'Spectral'}`
  const interpolate = Object.hasOwn(schemes, wanted)
    ? (schemes as unknown as Readonly<Record<string, (share: number) => string>>)[wanted]
    : schemes.interpolateSpectral
  // The dark end of a scheme means high values on a light page and low values on a dark one.
  const reversed =
    options?.reverse === true ? diverging.test(wanted) || mode === 'dark' : mode === 'dark' && !diverging.test(wanted)
  return (share) => (interpolate ?? schemes.interpolateSpectral)(reversed ? 1 - share : share)
}

const diverging = /Spectral|RdYlGn|RdYlBu|RdBu|RdGy|PuOr|PRGn|PiYG|BrBG/

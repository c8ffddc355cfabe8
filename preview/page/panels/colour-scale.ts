import type { HeatmapColorOptions } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import * as schemes from 'd3-scale-chromatic'
import { mode } from '../theme.ts'

/** The colour of a share from 0 to 1 in a heatmap's scheme; one that is not known is Spectral. */
export function colourScale(options: Partial<HeatmapColorOptions> | undefined): (share: number) => string {
  const wanted = `interpolate${options?.scheme ?? 'Spectral'}`
  const interpolate = Object.hasOwn(schemes, wanted)
    ? (schemes as unknown as Readonly<Record<string, (share: number) => string>>)[wanted]
    : schemes.interpolateSpectral
  // Schemes that begin dark stand for much on a light page and for little on a dark one.
  const reversed =
    options?.reverse === true ? diverging.test(wanted) || mode === 'dark' : mode === 'dark' && !diverging.test(wanted)
  return (share) => (interpolate ?? schemes.interpolateSpectral)(reversed ? 1 - share : share)
}

const diverging = /Spectral|RdYlGn|RdYlBu|RdBu|RdGy|PuOr|PRGn|PiYG|BrBG/

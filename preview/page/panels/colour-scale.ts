import { colorManipulator } from '@grafana/data'
import type { HeatmapColorOptions } from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen'
import * as schemes from 'd3-scale-chromatic'
import { mode } from '../mode.ts'
import { theme } from '../theme.ts'

/** The colour of a share from 0 to 1, in as many steps as a heatmap sets. */
export function colourScale(options: HeatmapColorOptions): (share: number) => string {
  const { steps, fill, exponent, scale } = options
  const colour = options.mode === 'opacity' ? opacity(fill, scale === 'linear' ? 1 : exponent) : scheme(options)
  return (share) => colour(steps > 1 ? Math.min(steps - 1, Math.floor(share * steps)) / (steps - 1) : share)
}

/** One colour: the more, the less of the background shows through. */
function opacity(fill: string, exponent: number): (share: number) => string {
  const colour = theme.visualization.getColorByName(fill)
  return (share) => colorManipulator.alpha(colour, share ** exponent)
}

/** An unknown scheme becomes Spectral. */
function scheme(options: HeatmapColorOptions): (share: number) => string {
  const wanted = `interpolate${options.scheme}`
  const interpolate = Object.hasOwn(schemes, wanted)
    ? (schemes as unknown as Readonly<Record<string, (share: number) => string>>)[wanted]
    : schemes.interpolateSpectral
  // The dark end of a scheme means high values on a light page and low values on a dark one.
  const reversed = options.reverse
    ? diverging.test(wanted) || mode === 'dark'
    : mode === 'dark' && !diverging.test(wanted)
  return (share) => (interpolate ?? schemes.interpolateSpectral)(reversed ? 1 - share : share)
}

const diverging = /Spectral|RdYlGn|RdYlBu|RdBu|RdGy|PuOr|PRGn|PiYG|BrBG/

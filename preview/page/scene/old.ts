import { rangeUtil } from '@grafana/data'
import { type EmbeddedScene, SceneRefreshPicker, sceneGraph } from '@grafana/scenes'
import { createContext } from 'react'

/** After how many milliseconds data is old. */
type OldAfter = () => number

/** How long data is good without a refresh and at most, and how late one may be, in milliseconds. */
const unrefreshed = 60_000
const longest = 300_000
const late = 10_000

/** Data of a range that ends now or later is old once the next refresh should have replaced it, or as soon as none can come. */
export function oldAfter(scene: EmbeddedScene, isAway: boolean): number {
  const { to, value } = sceneGraph.getTimeRange(scene).state
  if (!to.startsWith('now') && value.to.valueOf() < Date.now()) return Number.POSITIVE_INFINITY
  if (isAway) return 0
  const refresh = scene.state.controls?.find((control) => control instanceof SceneRefreshPicker)?.state.refresh ?? ''
  return /^\d+\w+$/.test(refresh) ? Math.min(rangeUtil.intervalToMs(refresh), longest) + late : unrefreshed
}

export const OldAfterContext = createContext<OldAfter>(() => unrefreshed)

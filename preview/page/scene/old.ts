import { dateTimeFormat, rangeUtil } from '@grafana/data'
import { type EmbeddedScene, SceneRefreshPicker, sceneGraph } from '@grafana/scenes'
import { createContext, useEffect, useState } from 'react'

/** After how many milliseconds data is old. */
type OldAfter = () => number

/** How long data is good without a refresh, and how late one may be, in milliseconds. */
const unrefreshed = 60_000
const late = 10_000

/** Data of a range that ends now is old once the next refresh should have replaced it. */
export function oldAfter(scene: EmbeddedScene): number {
  if (!sceneGraph.getTimeRange(scene).state.to.startsWith('now')) return Number.POSITIVE_INFINITY
  const refresh = scene.state.controls?.find((control) => control instanceof SceneRefreshPicker)?.state.refresh ?? ''
  return /^\d+\w+$/.test(refresh) ? rangeUtil.intervalToMs(refresh) + late : unrefreshed
}

export const OldAfterContext = createContext<OldAfter>(() => unrefreshed)

/** The time now, in Unix milliseconds, once a second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** A time and its age: `as of 16:20:05, 12 s ago`. */
export function ageText(at: number, now: number, timeZone?: string): string {
  const clock = dateTimeFormat(at, { format: 'HH:mm:ss', ...(timeZone === undefined ? {} : { timeZone }) })
  const seconds = Math.round((now - at) / 1000)
  // A clock that was set back says nothing about the age.
  if (seconds < -1) return `as of ${clock}, ahead of the clock`
  if (seconds < 1) return `as of ${clock}, now`
  return `as of ${clock}, ${seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3600)} h`} ago`
}

import { durationText } from '../../definitions/language/duration.ts'
import type { Latency } from '../latency/latency.ts'

/** When the first message about a fault is sent, in whole seconds: `32s to 55s`, or `32s or more` if the most is unknown. */
export function latencyText({ least, most, deadline }: Latency): string {
  if (deadline !== null) {
    const due = rangeText(deadline.least, deadline.most)
    return `${rangeText(least - deadline.least, most - deadline.most)} after the metric’s deadline (${due})`
  }
  return rangeText(least, most)
}

function rangeText(least: number, most: number): string {
  const from = durationText(Math.floor(least) * 1000)
  if (!Number.isFinite(most)) return `${from} or more`
  const to = durationText(Math.ceil(most) * 1000)
  return from === to ? from : `${from} to ${to}`
}

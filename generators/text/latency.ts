import { durationText } from '../../definitions/language/duration.ts'
import type { Latency } from '../latency/latency.ts'

/** When the first message about a fault is sent, in whole seconds: `32s to 55s`, or `32s or more` if the most is unknown. */
export function latencyText({ least, most }: Latency): string {
  const from = durationText(Math.floor(least) * 1000)
  return Number.isFinite(most) ? `${from} to ${durationText(Math.ceil(most) * 1000)}` : `${from} or more`
}

import { durationText } from '../../definitions/language/duration.ts'
import type { Latency } from '../latency/latency.ts'

/** When the first message about a fault is sent, in whole seconds: `32s to 55s`. */
export const latencyText = ({ least, most }: Latency): string =>
  `${durationText(Math.floor(least) * 1000)} to ${durationText(Math.ceil(most) * 1000)}`

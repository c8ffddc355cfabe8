import { series } from '../language/index.ts'
import { botMetrics } from './metrics.ts'

/** The bot's own metrics, for use in rules and panels. */
export const metrics = series(botMetrics)

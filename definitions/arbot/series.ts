import { series } from '../language/index.ts'
import { declared } from './metrics.ts'

/** The bot's own metrics, for use in rules and panels. */
export const metrics = series(declared)

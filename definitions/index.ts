import { arbot } from './arbot/index.ts'
import { mcbot } from './mcbot/index.ts'
import { tradingbot } from './tradingbot/index.ts'

/** All bots: each has a folder in the output. */
export const bots = Object.freeze([mcbot, tradingbot, arbot])

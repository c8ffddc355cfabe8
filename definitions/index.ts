import { mcbot } from './mcbot/index.ts'

/** The bots that there are: each has a folder in the output. */
export const bots = Object.freeze([mcbot])

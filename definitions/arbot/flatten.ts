import { act, figure, note, sum } from '../language/index.ts'
import { lastHeld } from './held.ts'

const exposure = figure(sum(lastHeld.exposure).by(), '?').fixed

/** The step that every alert about money has: how to close everything without the bot. */
export const flattenByHand = act(
  note`To close ${exposure} gross without the bot: stop it with \`systemctl stop arbot\`, cancel all open orders in the exchanges’ apps, then close both sides of each position.`,
)

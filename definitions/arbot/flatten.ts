import { act, figure, note, sum } from '../language/index.ts'
import { lastHeld } from './held.ts'

const exposure = figure(sum(lastHeld.exposure).by(), '?').fixed
const unhedged = figure(sum(lastHeld.unhedgedValue).by(), '?').fixed

/** The step that every alert about money has: how to close everything without the bot. */
export const flattenByHand = act(
  note`To close ${exposure} of positions (${unhedged} of it unhedged) without the bot: stop it with \`systemctl stop arbot\`, cancel its open orders in the exchanges’ apps, then close both sides of each position: one side alone is a bet on the price.`,
)

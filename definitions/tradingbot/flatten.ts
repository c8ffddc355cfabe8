import { act, figure, note, sum } from '../language/index.ts'
import { lastHeld } from './held.ts'

const positions = figure(sum(lastHeld.positions).by(), '?')
const exposure = figure(sum(lastHeld.exposure).by(), '?').fixed

/** The step that every alert about money has: how to close everything without the bot. */
export const flattenByHand = act(
  note`To flatten ${positions} positions (${exposure} gross) without the bot: stop it with \`systemctl stop tradingbot\`, then close all positions and cancel all open orders in the exchange’s app.`,
)

/** The same for alerts on lines of the log, whose texts have no figures from metrics. */
export const closeByHand = act('If a position cannot wait, close it in the exchange’s app.')

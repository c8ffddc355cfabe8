import { act, figure, note, sum } from '../language/index.ts'
import { lastHeld } from './held.ts'

/** How the owner of the account closes everything at the exchange without the bot. */
const flatten = Object.freeze({
  how: 'stop it, then close all positions and cancel all open orders in the futures account at Binance',
  url: 'https://www.binance.com/en/futures/BTCUSDT',
})

const positions = figure(sum(lastHeld.positions).by(), '?')
const gross = figure(sum(lastHeld.gross).by(), '?').fixed

/** The bot's own way to close everything, which only the owner can decide on. */
export const lastResort = act(
  'If it must stop at once, type `/kill` in the bot’s Discord channel: it closes all positions, as a last resort.',
)

/** The step that every alert about money has. */
export const flattenByHand = act(
  note`To flatten ${positions} positions (${gross} gross) without the bot: ${flatten.how}: ${flatten.url}`,
)

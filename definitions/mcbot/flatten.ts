import { act } from '../language/index.ts'

/** How the owner of the account closes everything at the exchange without the bot. */
const flatten = Object.freeze({
  how: 'stop it, then close all positions and cancel all open orders in the futures account at Binance',
  url: 'https://www.binance.com/en/futures/BTCUSDT',
})

/** The step that every alert about money has. */
export const flattenByHand = act(`To flatten without the bot: ${flatten.how}: ${flatten.url}`)

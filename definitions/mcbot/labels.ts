import { oneOf, open } from '../language/metrics.ts'

/** A trading pair as the exchange spells it, such as BTCUSDT. */
export const symbol = open({ max: 50 })
export const side = oneOf('buy', 'sell')
export const strategy = open({ max: 20 })
/** A provider of on-chain data, such as defillama. */
export const source = open({ max: 10 })
export const tradingModes = ['backtest', 'paper', 'shadow', 'live'] as const

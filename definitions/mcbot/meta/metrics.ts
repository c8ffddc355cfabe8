import { info, oneOf, open, stateSet } from '../../language/metrics.ts'
import { tradingModes } from '../labels.ts'

/** Meta: what is running, and in which mode. */
export const metaMetrics = {
  info: info({
    help: 'Version, mode, exchange and strategy names of the running bot.',
    labels: {
      version: open({ max: 3 }),
      mode: oneOf(...tradingModes),
      exchange: oneOf('binance'),
      strategy: open({ max: 3 }),
    },
    mustBeSetWithin: '5m',
  }),
  trading_mode: stateSet({ help: 'Trading mode of the bot.', states: tradingModes, mustBeSetWithin: '5m' }),
}

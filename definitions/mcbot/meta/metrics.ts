import { info, oneOf, open, stateSet } from '../../language/metrics.ts'
import { tradingModes } from '../labels.ts'

/** Meta: what runs, and in which mode. */
export const meta = {
  info: info({
    help: 'What runs: version, mode, exchange and the names of its strategies.',
    labels: {
      version: open({ max: 3 }),
      mode: oneOf(...tradingModes),
      exchange: oneOf('binance'),
      strategy: open({ max: 3 }),
    },
    mustBeSetWithin: '5m',
  }),
  trading_mode: stateSet({ help: 'Mode in which the bot trades.', states: tradingModes, mustBeSetWithin: '5m' }),
}

import type { Proofs } from '../case.ts'
import { instance } from './target.ts'

const slippage = (side: string, upTo20: string, upTo25: string) => ({
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="20"}`]: upTo20,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="25"}`]: upTo25,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="+Inf"}`]: upTo25,
})
const orders = (ack: string, rejected: string, symbol = 'SOLUSDT') => ({
  [`mcbot_orders_total{symbol="${symbol}", side="buy", order_type="market", status="ack"}`]: ack,
  [`mcbot_orders_total{symbol="${symbol}", side="sell", order_type="limit", status="filled"}`]: '0x4 50x90',
  [`mcbot_orders_total{symbol="${symbol}", side="sell", order_type="limit", status="rejected"}`]: rejected,
})
const symbol = { ...instance, symbol: 'SOLUSDT', severity: 'warning' }

/** Orders: what they cost, and whether they are accepted at all. */
export const executionProofs: Proofs = {
  HighSlippage: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'ten fills, bought and sold, cost 20 to 25 basis points': {
        given: { ...slippage('buy', '0x100', '0x4 1+1x4 5x90'), ...slippage('sell', '0x100', '0x9 1+1x4 5x90') },
        from: '19m',
        to: '67m',
        labels: symbol,
        says: 'one fill of SOLUSDT in twenty costs 24.75 bp or more, limit 20 bp',
      },
    },
    silent: {
      'nine fills cost that much': slippage('buy', '0x100', '0x4 9x90'),
      'one fill in twenty costs that much': slippage('buy', '0x4 19x90', '0x4 20x90'),
      'ten fills cost that much for less than five minutes': slippage('buy', '0x9 200x90', '0x4 10x4 210x90'),
    },
    healthy: slippage('buy', '0+2x90', '0+2x90'),
  },
  OrderRejections: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'two of five orders are rejected': {
        given: { ...orders('0x4 3x90', '0x4 2x90'), ...orders('0x4 40x90', '0x4 1x90', 'BTCUSDT') },
        from: '5m',
        to: '67m',
        labels: symbol,
        says: 'the exchange rejected 40 % of orders for SOLUSDT in the last hour, limit 20 %',
      },
    },
    silent: {
      'one of five orders is rejected': orders('0x4 4x90', '0x4 1x90'),
      'four orders are rejected, but there are no others': orders('0x100', '0x4 4x90'),
    },
    healthy: orders('0+1x90', '0x30 1x90'),
  },
}

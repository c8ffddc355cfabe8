import type { Proofs } from '../case.ts'
import { critical, instanceWarning, warning } from './target.ts'

/** Fills of a symbol by their latency: at most a second, at most three, at most five. */
const latency = (second: string, three: string, five: string) => {
  const bucket = (le: string) => `tradingbot_order_latency_ms_bucket{symbol="BTCUSDT", le="${le}"}`
  return {
    [bucket('1000')]: second,
    [bucket('3000')]: three,
    [bucket('5000')]: five,
    [bucket('+Inf')]: five,
    'tradingbot_order_latency_ms_count{symbol="BTCUSDT"}': five,
  }
}
/** Fills by their slippage: at most five basis points, at most ten, at most twenty. */
const slippage = (side: string, five: string, twenty: string, ten = five) => {
  const bucket = (le: string) => `tradingbot_slippage_bps_bucket{symbol="BTCUSDT", side="${side}", le="${le}"}`
  return { [bucket('5')]: five, [bucket('10')]: ten, [bucket('20')]: twenty, [bucket('+Inf')]: twenty }
}
const fills = (total: string) => ({ 'tradingbot_order_latency_ms_count{symbol="BTCUSDT"}': total })
/** 24 fills in three hours, a sample a minute. */
const eightAnHour = Array.from({ length: 181 }, (_, i) => Math.floor((i * 8) / 60)).join(' ')
const oldest = 'tradingbot_oldest_unresolved_order_timestamp'
const [unresolved, uptime] = ['tradingbot_unresolved_orders', 'tradingbot_uptime_seconds']
/** Signals and orders of a bot that has run for a day, for this many minutes. */
const flow = (signals: string, placed: string, length = 90) => ({
  'tradingbot_signals_total{symbol="BTCUSDT"}': signals,
  'tradingbot_orders_placed_total{symbol="BTCUSDT", side="buy"}': placed,
  tradingbot_start_timestamp: `-90000x${length}`,
  up: `1x${length}`,
})
/** The time of the last fill and the usual gap, of a bot that has run for a day. */
const trades = (last: string, gap: string, length: number, uptime = 90_000) => ({
  tradingbot_last_order_timestamp: last,
  tradingbot_usual_trade_gap_seconds: `${gap}x${length}`,
  tradingbot_uptime_seconds: `${uptime}+15x${length}`,
})

/** Orders: how they are filled, and whether there are any. */
export const orderProofs: Proofs = {
  LatencySpike: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'two of twenty fills take three to five seconds': {
        given: latency('0x4 18x30 118x60', '0x4 18x30 118x60', '0x4 20x30 120x60'),
        from: '5m',
        to: '39m',
        labels: instanceWarning,
        says: 'one order in twenty takes 4s or more to fill, limit 3 s',
      },
    },
    silent: {
      'two of nineteen': latency('0x4 17x90', '0x4 17x90', '0x4 19x90'),
      'one of twenty': latency('0x4 19x90', '0x4 19x90', '0x4 20x90'),
      'nineteen of twenty take up to three seconds': latency('0x90', '0x4 19x90', '0x4 20x90'),
    },
    healthy: latency('0+1x90', '0+1x90', '0+1x90'),
  },
  SlippageHigh: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'twenty fills, bought and sold, cost ten to twenty basis points, before many that cost less': {
        given: {
          ...slippage('buy', '0x41 1000x60', '0x4 2+2x4 10x31 1010x60'),
          ...slippage('sell', '0x101', '0x9 2+2x4 10x86'),
          ...fills('0x4 2+2x9 20x26 1020x60'),
        },
        from: '14m',
        to: '45m',
        labels: instanceWarning,
        says: 'one fill in twenty costs 19.5 bp or more, limit 10 bp',
      },
      'every fill of a bot with eight an hour costs that much, until many cost less': {
        given: {
          ...slippage('buy', '0x200 1000x60', `${eightAnHour} 24x19 1024x60`),
          ...fills(`${eightAnHour} 24x19 1024x60`),
        },
        from: '150m',
        to: '204m',
        labels: instanceWarning,
        says: 'one fill in twenty costs 19.5 bp or more, limit 10 bp',
      },
    },
    silent: {
      'nineteen fills cost that much': { ...slippage('buy', '0x100', '0x4 19x90'), ...fills('0x4 19x90') },
      'one fill of twelve costs that much': { ...slippage('buy', '0x4 11x90', '0x4 12x90'), ...fills('0x4 12x90') },
      'one fill in twenty costs that much': { ...slippage('buy', '0x4 19x90', '0x4 20x90'), ...fills('0x4 20x90') },
      'nineteen of twenty cost up to the limit': {
        ...slippage('buy', '0x90', '0x4 20x90', '0x4 19x90'),
        ...fills('0x4 20x90'),
      },
    },
    healthy: { ...slippage('buy', '0+2x90', '0+2x90'), ...fills('0+2x90') },
  },
  OrderUnresolved: {
    fires: {
      'an order has no end for five minutes': {
        given: { [oldest]: '_x8 120x20 stale', [unresolved]: '0x7 1x20 0x20' },
        from: '3m45s',
        to: '10m15s',
        labels: critical,
        says: 'orders have had no known end for more than 60 s: 1 (the oldest was sent 1m 45s ago)',
      },
      'two orders have no end, and the bot does not say since when': {
        given: { [unresolved]: '0x7 2x24 0x20', [uptime]: '90000+15x60' },
        from: '3m15s',
        to: '11m15s',
        labels: critical,
        says: 'orders have had no known end for more than 60 s: 2 (the oldest was sent ? ago)',
      },
    },
    silent: {
      'its end is known after a minute': { [oldest]: '_x8 120x4 stale', [unresolved]: '0x7 1x4 0x20' },
      'every order is unresolved for a moment': { [oldest]: '0+15x60', [unresolved]: '1x60', [uptime]: '90000+15x60' },
      'none is unresolved, and the time of one is left over': {
        [oldest]: '0x60',
        [unresolved]: '0x60',
        [uptime]: '90000+15x60',
      },
      'for a moment, and the bot does not say since when': { [unresolved]: '0x7 1x4 0x40', [uptime]: '90000+15x60' },
      'at once after a start, and the bot does not say since when': {
        [unresolved]: '_x7 1x3 0x40',
        [uptime]: '_x7 0+15x40',
      },
    },
    healthy: { [oldest]: '_x60', [unresolved]: '0x60', [uptime]: '90000+15x60' },
  },
  SignalsWithoutOrders: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'three signals in a quarter of an hour, and no order': {
        given: flow('5x10 6x3 7x3 8x60', '4x30 5x60'),
        from: '19m',
        to: '34m',
        labels: instanceWarning,
        says: '3 signals asked for an order, limit 3, and the bot has sent none',
      },
      'the first three signals of a symbol, and no order': {
        given: flow('_x31 3x60', '4x90'),
        from: '31m',
        to: '49m',
        labels: instanceWarning,
        says: '3 signals asked for an order, limit 3, and the bot has sent none',
      },
      'three signals in hours, and no order': {
        given: flow('5x60 6x60 7x60 8x60', '4x200 5x40', 250),
        from: '183m',
        to: '204m',
        labels: instanceWarning,
        says: '3 signals asked for an order, limit 3, and the bot has sent none',
      },
    },
    silent: {
      'two signals': flow('5x10 6x3 7x400', '4x415', 415),
      'an order every ten minutes, and a signal every minute': flow('5+1x60', '4x0 5x9 6x9 7x9 8x9 9x9 10x9', 60),
    },
    healthy: flow('5+1x60', '4+1x60'),
  },
  NoTrades: {
    fires: {
      'no fill for five times the usual gap': {
        given: trades('0x240 3615+15x60', '600', 301),
        from: '50m45s',
        to: '61m45s',
        labels: warning,
        says: 'no fill for 50m 45s; gaps of up to 10m 0s are usual, limit 5 times that, and at least 10 min',
      },
      'no fill for ten minutes, of a bot that trades all the time': {
        given: trades('0x80 1215+15x60', '10', 141),
        from: '10m45s',
        to: '21m45s',
        labels: warning,
        says: 'no fill for 10m 45s; gaps of up to 10s are usual, limit 5 times that, and at least 10 min',
      },
    },
    silent: {
      'less than five times the usual gap': trades('0x190', '600', 190),
      'always five times the usual gap': trades('-3000+15x60', '600', 60),
      'always ten minutes, and gaps are short': trades('-600+15x60', '10', 60),
      'the bot has just started': trades('-90000x190', '600', 190, 0),
    },
    healthy: trades('0+15x60', '600', 60),
  },
}

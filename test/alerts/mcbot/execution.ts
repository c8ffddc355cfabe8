import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const slippage = (side: string, upTo20: string, upTo25: string) => ({
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="20"}`]: upTo20,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="25"}`]: upTo25,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="+Inf"}`]: upTo25,
})
/** Fills of one side: up to the limit for a single fill, up to the highest bound, and all. */
const fills = (side: string, upTo50: string, all: string, upTo100 = all) => ({
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="50.0"}`]: upTo50,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="100.0"}`]: upTo100,
  [`mcbot_slippage_bps_bucket{symbol="SOLUSDT", side="${side}", le="+Inf"}`]: all,
})
const farOff = (fills: number, beyond: number) =>
  `fills of SOLUSDT more than 50 bp worse than expected in 5 minutes: ${fills}, of which more than 100 bp: ${beyond}`
const money = (kind: 'cost' | 'gain', symbol = 'SOLUSDT') => `mcbot_slippage_${kind}_usdt_total{symbol="${symbol}"}`
const orders = (ack: string, rejected: string, symbol = 'SOLUSDT', reason = 'insufficient_margin') => ({
  [`mcbot_orders_total{symbol="${symbol}", side="buy", order_type="market", status="ack"}`]: ack,
  [`mcbot_orders_total{symbol="${symbol}", side="sell", order_type="limit", status="filled"}`]: '0x4 50x90',
  [`mcbot_orders_total{symbol="${symbol}", side="sell", order_type="limit", status="rejected"}`]: rejected,
  [`mcbot_order_rejected_total{symbol="${symbol}", reason="${reason}"}`]: rejected,
})
const rejectedLast = (limit: number, severity: string): Proofs[string] => ({
  fires: {
    'so many are rejected one after the other': {
      given: { up: '1x80', mcbot_consecutive_rejections: `0x7 ${limit}x31 0x19` },
      from: '2m',
      to: '13m',
      labels: { ...target, severity },
      says: `the exchange rejected the last ${limit} orders, limit ${limit}: it may be unable to close positions`,
    },
    'the bot restarts, and its next order is accepted 20 minutes later': {
      given: { up: '1x19 0x1 1x120', mcbot_consecutive_rejections: `0x7 ${limit}x11 stale _x81 0x19` },
      from: '2m',
      to: '28m30s',
      labels: { ...target, severity },
      says: `the exchange rejected the last ${limit} orders, limit ${limit}: it may be unable to close positions`,
    },
  },
  silent: {
    'one fewer': { up: '1x80', mcbot_consecutive_rejections: `0x7 ${limit - 1}x60` },
    'an instance that is gone': { mcbot_consecutive_rejections: `${limit}x3` },
  },
  healthy: { up: '1x80', mcbot_consecutive_rejections: '0x20 1x7 0x40' },
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
  FillSlippageHigh: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'one of five fills of a day costs more than 100 basis points': {
        given: { ...fills('buy', '0x900', '0x4 1x900', '0x900'), ...fills('sell', '0x200 1x900', '0x200 1x900') },
        from: '5m',
        to: '12m',
        labels: symbol,
        says: farOff(1, 1),
      },
      'one of a hundred fills costs 50 to 100 basis points': {
        given: fills('sell', '0x4 99x90', '0x4 100x90'),
        from: '5m',
        to: '12m',
        labels: symbol,
        says: farOff(1, 0),
      },
      'three fills at once, two of them beyond the highest bound': {
        given: fills('sell', '0x90', '0x4 3x90', '0x4 1x90'),
        from: '5m',
        to: '12m',
        labels: symbol,
        says: farOff(3, 2),
      },
      'its series starts with such a fill': {
        given: { up: '1x200', ...fills('buy', '_x65 0x100', '_x65 1x100', '_x65 0x100') },
        from: '65m',
        to: '73m',
        labels: symbol,
        says: farOff(1, 1),
      },
      'as many fills as before a restart, but this one was bad': {
        given: { ...fills('buy', '1x64 0x100', '1x200'), mcbot_start_timestamp: '0x64 3900x100' },
        from: '65m',
        to: '73m',
        labels: symbol,
        says: farOff(1, 0),
      },
    },
    silent: {
      'a hundred fills at the limit': fills('buy', '0x4 100x90', '0x4 100x90'),
      'Prometheus first scrapes a bot that had such a fill': {
        up: '_x65 1x100',
        ...fills('buy', '_x65 0x100', '_x65 1x100'),
        mcbot_start_timestamp: '_x65 1x100',
      },
      'a restart, and all fills since are within the limit': {
        ...fills('buy', '1x64 2x100', '2x64 2x100'),
        mcbot_start_timestamp: '-9999x64 3900x100',
      },
    },
    healthy: fills('buy', '0+2x90', '0+2x90'),
  },
  SlippageCostHigh: {
    every: '10m',
    evaluate: '10m',
    fires: {
      'five fills of a day cost more than they may': {
        given: {
          [money('cost')]: '0x4 40x19 80x19 120x19 160x19 200x150',
          [money('cost', 'BTCUSDT')]: '0x4 40x250',
          [money('gain', 'BTCUSDT')]: '0x4 40x250',
          mcbot_equity_usdt: '120000x250',
        },
        from: '650m',
        to: '31h30m',
        labels: { ...instance, severity: 'warning' },
        says: 'slippage cost 0.1333 % of the equity in 24 hours, limit 0.1 %',
      },
      'no fill has ever gained anything': {
        given: { [money('cost')]: '0x4 120.6x150', mcbot_equity_usdt: '120000x160' },
        from: '50m',
        to: '24h50m',
        labels: { ...instance, severity: 'warning' },
        says: 'slippage cost 0.1005 % of the equity in 24 hours, limit 0.1 %',
      },
      'the first fill of a symbol costs as much': {
        given: {
          up: '1x400',
          [money('cost')]: '_x150 200x200',
          [money('gain')]: '0x400',
          mcbot_equity_usdt: '120000x400',
        },
        from: '25h',
        to: '49h10m',
        labels: { ...instance, severity: 'warning' },
        says: 'slippage cost 0.1667 % of the equity in 24 hours, limit 0.1 %',
      },
      'a new process has lost more than the one before': {
        given: {
          [money('cost')]: '100x4 130x150',
          [money('gain')]: '0x160',
          mcbot_equity_usdt: '120000x160',
          mcbot_start_timestamp: '-99999x4 3000x150',
        },
        from: '50m',
        to: '25h',
        labels: { ...instance, severity: 'warning' },
        says: 'slippage cost 0.1083 % of the equity in 24 hours, limit 0.1 %',
      },
    },
    silent: {
      'at the limit': { [money('cost')]: '0x4 120x90', [money('gain')]: '0x90', mcbot_equity_usdt: '120000x90' },
      'other fills gained as much': {
        [money('cost')]: '0x4 300x90',
        [money('gain')]: '0x4 180x90',
        mcbot_equity_usdt: '120000x90',
      },
      'without equity': { [money('cost')]: '0x4 300x90', mcbot_equity_usdt: '0x90' },
      'with negative equity, and a gain': {
        [money('cost')]: '0x90',
        [money('gain')]: '0x4 300x90',
        mcbot_equity_usdt: '-500x90',
      },
    },
    healthy: { [money('cost')]: '0+0.1x90', [money('gain')]: '0+0.1x90', mcbot_equity_usdt: '120000x90' },
  },
  OrderRejections: {
    every: '10m',
    evaluate: '10m',
    fires: {
      'two of five orders of an hour are rejected, after thirty that were not': {
        given: { ...orders('0 30x6 33x20', '0x7 2x20'), ...orders('0x4 40x90', '0x4 1x90', 'BTCUSDT') },
        from: '80m',
        to: '140m',
        labels: symbol,
        says: 'the exchange rejected 35.71 % of orders for SOLUSDT, limit 20 %',
      },
      'two of the five orders of a day are rejected': {
        given: {
          ...orders('0x4 1x29 2x29 3x150', '0x20 1x50 2x150'),
          ...orders('0x4 4x90', '0x4 1x90', 'BTCUSDT'),
        },
        from: '720m',
        to: '27h30m',
        labels: symbol,
        says: 'the exchange rejected 40 % of orders for SOLUSDT, limit 20 %',
      },
    },
    silent: {
      'one of five orders is rejected': orders('0x4 4x90', '0x4 1x90'),
      'two of ten orders of a day are rejected': orders('0x4 8x150', '0x4 1x40 2x109'),
      'two of seven orders of a day are below the smallest size': orders(
        '0x4 5x150',
        '0x4 1x40 2x109',
        'SOLUSDT',
        'min_notional',
      ),
      'the only order of a day is rejected': orders('0x150', '0x4 1x150'),
    },
    healthy: orders('0+1x90', '0x30 1x90'),
  },
  RejectionsInARow: rejectedLast(3, 'warning'),
  RejectionsInARowCritical: rejectedLast(5, 'critical'),
}

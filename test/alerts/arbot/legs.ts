import type { Proofs } from '../case.ts'
import { at, critical, instanceWarning } from './target.ts'

const oldest = 'arbot_oldest_unhedged_leg_timestamp'
const streak = at('binance', 'consecutive_order_failures')
/** Round trips of a strategy by their shortfall: at most two basis points, five, ten, twenty. */
const shortfall = (two: string, five: string, ten: string, all: string) => {
  const bucket = (le: string) => `arbot_edge_shortfall_bps_bucket{strategy="spatial", le="${le}"}`
  return { [bucket('2')]: two, [bucket('5')]: five, [bucket('10')]: ten, [bucket('20')]: all, [bucket('+Inf')]: all }
}

/** Legs that are alone or fail, and edges that are not realized. */
export const legProofs: Proofs = {
  LegUnhedged: {
    fires: {
      'a counter-leg is missing for five minutes': {
        given: { [oldest]: '_x8 120x20 stale', arbot_unhedged_value_usd: '0x7 2500x20 0x20' },
        from: '3m',
        to: '10m15s',
        labels: critical,
        says: 'a leg has had no counter-leg for 1m 0s, limit 30 s (unhedged in all: 2500.00 USD)',
      },
    },
    silent: {
      'its counter-leg is filled after half a minute': { [oldest]: '_x8 120x2 stale' },
      'one leg is unhedged for half a minute all the time': { [oldest]: '-30+15x60' },
    },
    healthy: { [oldest]: '_x60', arbot_unhedged_value_usd: '0x60' },
  },
  OrdersFailInARow: {
    fires: {
      'three legs fail on one exchange': {
        given: { [streak]: '0x7 3x31 0x19', [at('upbit', 'consecutive_order_failures')]: '2x60' },
        from: '2m',
        to: '13m',
        labels: { ...critical, exchange: 'binance' },
        says: '3 legs in a row failed on binance, limit 3',
      },
    },
    silent: { 'two legs fail': { [streak]: '0x7 2x60' } },
    healthy: { [streak]: '0x60' },
  },
  EdgeNotRealized: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'eleven of twenty round trips fall short by more than five basis points': {
        given: shortfall('0x400', '0x4 9x395', '0x4 19x395', '0x4 20x395'),
        from: '5m',
        to: '367m',
        labels: { ...instanceWarning, strategy: 'spatial' },
        says: 'half of the round trips of spatial earn 5.5 bp or more less than expected, limit 5 bp',
      },
    },
    silent: {
      'of nineteen': shortfall('0x400', '0x4 9x395', '0x4 19x395', '0x4 19x395'),
      'half of them fall short by as much': shortfall('0x400', '0x4 10x395', '0x4 20x395', '0x4 20x395'),
    },
    healthy: shortfall('0+1x90', '0+1x90', '0+1x90', '0+1x90'),
  },
}

import type { Proofs } from '../case.ts'
import { at, instanceWarning, warning } from './target.ts'

const exchange = 'okx'
const quoteAge = at(exchange, 'quote_age_ms')
const offset = at(exchange, 'clock_offset_ms')
const used = at(exchange, 'order_limit_used')
const asset = 'XRP'
const way = (direction: string) => `arbot_${direction}_open{exchange="${exchange}", asset="${asset}"}`
const closed = 'okx has accepted no deposits or no withdrawals of XRP for 10 minutes: its price there is bait'
const rejected = (reason: string) => `arbot_signals_rejected_total{strategy="spatial", reason="${reason}"}`
const executed = 'arbot_signals_executed_total{strategy="spatial"}'

/** What an exchange delivers late, almost refuses or does not carry, and signals that are not executed. */
export const limitProofs: Proofs = {
  QuotesStale: {
    fires: {
      'quotes are two and a half seconds old': {
        given: { [quoteAge]: '100x7 2500x31 100x19', [at('upbit', 'quote_age_ms')]: '150x60' },
        from: '3m30s',
        to: '11m',
        labels: { ...warning, exchange },
        says: 'quotes of okx are up to 2.5s old, limit 2 s: its spreads may not exist',
      },
    },
    silent: {
      'at the limit': { [quoteAge]: '100x7 2000x60' },
      'for less than a minute and a half': { [quoteAge]: '100x7 9000x5 100x40' },
    },
    healthy: { [quoteAge]: '100x60' },
  },
  ClockOffset: {
    fires: {
      'the exchange is behind': {
        given: { [offset]: '3x7 -600x31 3x19' },
        from: '3m',
        to: '13m',
        labels: { ...warning, exchange },
        says: 'the clocks of the bot and of okx differ by 600ms, limit 500 ms',
      },
      'the exchange is ahead': {
        given: { [offset]: '3x7 4500x31 3x19' },
        from: '3m',
        to: '13m',
        labels: { ...warning, exchange },
        says: 'the clocks of the bot and of okx differ by 4.5s, limit 500 ms',
      },
    },
    silent: {
      'at the limit': { [offset]: '3x7 500x60' },
      'for less than a minute': { [offset]: '3x7 -900x3 3x40' },
    },
    healthy: { [offset]: '-20x60' },
  },
  OrderLimitNear: {
    fires: {
      'more than four fifths are used': {
        given: { [used]: '0.5x7 0.85x31 0.5x19' },
        from: '2m',
        to: '13m45s',
        labels: { ...warning, exchange },
        says: '85 % of the order limit of okx is used, limit 80 %',
      },
    },
    silent: { 'at the limit': { [used]: '0.5x7 0.8x60' } },
    healthy: { [used]: '0.3x60' },
  },
  TransfersClosed: {
    fires: {
      'withdrawals are closed': {
        given: { [way('withdrawals')]: '1x7 0x79 1x19', [way('deposits')]: '1x107' },
        from: '12m',
        to: '25m',
        labels: { ...warning, exchange, asset },
        says: closed,
      },
      'deposits are closed': {
        given: { [way('withdrawals')]: '1x107', [way('deposits')]: '1x7 0x79 1x19' },
        from: '12m',
        to: '25m',
        labels: { ...warning, exchange, asset },
        says: closed,
      },
    },
    silent: {
      'for less than ten minutes': { [way('withdrawals')]: '1x7 0x39 1x40', [way('deposits')]: '1x87' },
    },
    healthy: { [way('withdrawals')]: '1x60', [way('deposits')]: '1x60' },
  },
  SignalsRejected: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'sixteen of twenty': {
        given: { [rejected('balance')]: '0x4 10x60', [rejected('inventory')]: '0x4 6x60', [executed]: '0x4 4x60' },
        from: '5m',
        to: '37m',
        labels: instanceWarning,
        says: '80 % of the signals with enough edge are rejected, limit 80 %',
      },
    },
    silent: {
      'sixteen of nineteen': { [rejected('balance')]: '0x4 16x60', [executed]: '0x4 3x60' },
      'fifteen of twenty': { [rejected('balance')]: '0x4 15x60', [executed]: '0x4 5x60' },
      'below the minimum edge': { [rejected('below_minimum_edge')]: '0+900x60', [executed]: '0+1x60' },
      'while trading is halted': { [rejected('halted')]: '0+9x60', [executed]: '5x60' },
    },
    healthy: { [rejected('below_minimum_edge')]: '0+90x60', [rejected('balance')]: '0x60', [executed]: '0+1x60' },
  },
  ImplausibleSpreads: {
    every: '1m',
    evaluate: '1m',
    fires: {
      'three of one strategy': {
        given: { [rejected('implausible_spread')]: '0x4 3x60' },
        from: '5m',
        to: '22m',
        labels: { ...warning, strategy: 'spatial', reason: 'implausible_spread' },
        says: '3 spreads that spatial detected in 15 minutes are too large to be true, limit 3',
      },
    },
    silent: {
      'two of one strategy': { [rejected('implausible_spread')]: '0x4 2x60' },
      'another reason': { [rejected('stale_quote')]: '0+9x60' },
    },
    healthy: { [rejected('implausible_spread')]: '0x60' },
  },
}

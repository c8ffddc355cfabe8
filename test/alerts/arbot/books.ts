import type { Proofs } from '../case.ts'
import { at, critical, warning } from './target.ts'

const net = (asset: string) => `arbot_net_exposure_usd{asset="${asset}"}`
const capitalAt = (where: string) => `arbot_capital_usd{${where}}`
/** Ten thousand on two exchanges; another instance and another environment have more. */
const capital = {
  [capitalAt('exchange="upbit"')]: '4000x67',
  [capitalAt('exchange="binance"')]: '6000x67',
  [capitalAt('exchange="binance", instance="paper-2"')]: '90000x67',
  [capitalAt('exchange="binance", env="live"')]: '90000x67',
}
const share = (asset: string, part: string, value: string, limit: number) =>
  `the net exposure in ${asset} is ${part} % of the capital (${value} USD), limit ${limit} %`
const differences = (of: string) => `arbot_reconciliation_differences{exchange="upbit", difference="${of}"}`
const compared = at('upbit', 'reconciliation_timestamp')
const inventory = (asset: string) => `arbot_inventory_imbalance{asset="${asset}"}`
const rateOf = (name: string, rate = 'KRW_USD') => `arbot_reference_rate_${name}{rate="${rate}"}`

/** What the bot holds over all exchanges, its books, and the rates it compares with. */
export const bookProofs: Proofs = {
  NetExposureCritical: {
    fires: {
      'short by more than a tenth of the capital': {
        given: { [net('BTC')]: '0x7 -1200x31 0x19', [net('ETH')]: '20x60', ...capital },
        from: '2m30s',
        to: '13m',
        labels: { ...critical, asset: 'BTC' },
        says: share('BTC', '12', '-1200.00', 10),
      },
    },
    silent: {
      'at the limit': { [net('BTC')]: '0x7 1000x60', ...capital },
      'for less than half a minute': { [net('BTC')]: '0x7 9000x1 0x40', ...capital },
    },
    healthy: { [net('BTC')]: '12x60', ...capital },
  },
  NetExposureHigh: {
    fires: {
      'long by more than a twentieth of the capital': {
        given: { [net('ETH')]: '0x7 600x31 0x19', ...capital },
        from: '3m',
        to: '13m',
        labels: { ...warning, asset: 'ETH' },
        says: share('ETH', '6', '600.00', 5),
      },
    },
    silent: {
      'at the limit': { [net('ETH')]: '0x7 -500x60', ...capital },
      'for less than a minute': { [net('ETH')]: '0x7 900x3 0x40', ...capital },
    },
    healthy: { [net('ETH')]: '-12x60', ...capital },
  },
  BooksDiffer: {
    fires: {
      'the exchange has a position that the books do not have': {
        given: { [differences('position')]: '0x7 1x31 0x19', [differences('balance')]: '0x60' },
        from: '3m',
        to: '13m',
        labels: { ...critical, exchange: 'upbit', difference: 'position' },
        says: 'the books of the bot differ from upbit (position): 1',
      },
    },
    silent: { 'until the next reconciliation': { [differences('balance')]: '0x7 1x3 0x40' } },
    healthy: { [differences('position')]: '0x60', [differences('balance')]: '0x60' },
  },
  ReconciliationStale: {
    fires: {
      'one exchange is not compared for ten minutes': {
        given: { [compared]: '0+15x7 105x40 720+15x20', [at('okx', 'reconciliation_timestamp')]: '0+15x70' },
        from: '8m',
        to: '13m45s',
        labels: { ...warning, exchange: 'upbit' },
        says: 'the books were last compared with upbit 6m 15s ago, limit 5 min',
      },
    },
    silent: {
      'it is compared every five minutes': { [compared]: '0x20 300x19 600x19' },
      'it is always compared five minutes late': { [compared]: '-300+15x60' },
    },
    healthy: { [compared]: '0+15x60' },
  },
  InventoryOneSided: {
    fires: {
      'more than nine tenths lie on one exchange': {
        given: { [inventory('XRP')]: '0.5x7 0.95x79 0.5x19', [inventory('BTC')]: '0.6x107' },
        from: '12m',
        to: '25m',
        labels: { ...warning, asset: 'XRP' },
        says: '95 % of XRP lies on one exchange, limit 90 %: elsewhere it cannot be sold',
      },
    },
    silent: {
      'at the limit': { [inventory('XRP')]: '0.5x7 0.9x80' },
      'for less than ten minutes': { [inventory('XRP')]: '0.5x7 1x39 0.5x40' },
    },
    healthy: { [inventory('XRP')]: '0.5x60' },
  },
  ReferenceRateStale: {
    fires: {
      'its source gives no new one for ten minutes': {
        given: { [rateOf('timestamp')]: '0+15x7 105x40 720+15x30', [rateOf('timestamp', 'USDT_USD')]: '0+15x80' },
        from: '7m15s',
        to: '15m15s',
        labels: { ...critical, rate: 'KRW_USD' },
        says: 'the reference rate KRW_USD is 5m 30s old, limit 5 min: spreads across it may not exist',
      },
    },
    silent: {
      'there is a new one every five minutes': { [rateOf('timestamp')]: '0x20 300x19 600x19' },
      'it is always five minutes old': { [rateOf('timestamp')]: '-300+15x60' },
      'Prometheus was away for ten minutes': { [rateOf('timestamp')]: '0+15x7 _x40 105x0 720+15x20' },
    },
    healthy: { [rateOf('timestamp')]: '0+15x60' },
  },
  ReferenceRateDeviates: {
    fires: {
      'two sources disagree': {
        given: { [rateOf('deviation')]: '0.001x7 0.015x31 0.001x19', [rateOf('deviation', 'USDT_USD')]: '0.001x60' },
        from: '3m',
        to: '13m',
        labels: { ...critical, rate: 'KRW_USD' },
        says: 'the reference rate KRW_USD is 1.5 % away from a second source, limit 1 %',
      },
    },
    silent: {
      'at the limit': { [rateOf('deviation')]: '0.001x7 0.01x60' },
      'for less than a minute': { [rateOf('deviation')]: '0.001x7 0.05x3 0.001x40' },
    },
    healthy: { [rateOf('deviation')]: '0.001x60' },
  },
}

import type { Proofs } from '../case.ts'
import { instance, target } from './target.ts'

const responses = (reason: string) => `mcbot_exchange_limit_responses_total{reason="${reason}"}`
const used = (interval: string) => `mcbot_exchange_orders_used{interval="${interval}"}`
const most = (interval: string) => `mcbot_exchange_orders_max{interval="${interval}"}`

/** The limits of the exchange, and what it does when they are exceeded. */
export const limitProofs: Proofs = {
  ExchangeBanned: {
    fires: {
      'a ban until the fifteenth minute': {
        given: { mcbot_exchange_banned_until_timestamp: '0x7 900x80' },
        from: '2m',
        to: '18m',
        labels: { ...target, severity: 'critical' },
        says: 'the exchange bans the bot for another 13m 0s: until then it can neither open nor close a position',
      },
      'a ban that a restart of the bot forgets': {
        given: { mcbot_exchange_banned_until_timestamp: '0x7 900x7 stale _x3 0x60' },
        from: '2m',
        to: '18m',
        labels: { ...target, severity: 'critical' },
        says: 'the exchange bans the bot for another 13m 0s: until then it can neither open nor close a position',
      },
      'a ban that is lifted after three minutes, and a restart that forgets it': {
        given: { mcbot_exchange_banned_until_timestamp: '0x7 900x11 300x25 stale _x3 0x60' },
        from: '2m',
        to: '8m',
        labels: { ...target, severity: 'critical' },
        says: 'the exchange bans the bot for another 13m 0s: until then it can neither open nor close a position',
      },
      'a ban that is longer each time': {
        given: { mcbot_exchange_banned_until_timestamp: '0x7 180x7 360x70' },
        from: '2m',
        to: '9m',
        labels: { ...target, severity: 'critical' },
        says: 'the exchange bans the bot for another 1m 0s: until then it can neither open nor close a position',
      },
    },
    silent: {
      'there was no ban since the start': { mcbot_exchange_banned_until_timestamp: '0x60' },
      'it ends at this moment': { mcbot_exchange_banned_until_timestamp: '0+15x60' },
    },
    healthy: { mcbot_exchange_banned_until_timestamp: '0x60' },
  },
  RateLimitExceeded: {
    fires: {
      'one call is refused for its weight': {
        given: {
          up: '1x100',
          [responses('request_weight')]: '0x27 1x60',
          [responses('orders')]: '0x100',
          [responses('ban')]: '0x100',
        },
        from: '7m',
        to: '14m45s',
        labels: { ...instance, reason: 'request_weight', severity: 'warning' },
        says: 'calls refused in 5 minutes because of the limit for request_weight: 1',
      },
      'a series starts at one': {
        given: { up: '1x100', [responses('orders')]: '_x28 1x60' },
        from: '7m',
        to: '15m',
        labels: { ...instance, reason: 'orders', severity: 'warning' },
        says: 'calls refused in 5 minutes because of the limit for orders: 1',
      },
      'one call is refused before the first scrape, after eleven minutes down': {
        given: {
          up: '1x7 0x43 1x60',
          mcbot_start_timestamp: '-3600x7 stale _x43 775x60',
          [responses('request_weight')]: '1x7 stale _x43 1x60',
        },
        from: '13m',
        to: '21m',
        labels: { ...instance, reason: 'request_weight', severity: 'warning' },
        says: 'calls refused in 5 minutes because of the limit for request_weight: 1',
      },
      'two orders are refused': {
        given: { up: '1x100', [responses('orders')]: '0x27 2x60' },
        from: '7m',
        to: '14m45s',
        labels: { ...instance, reason: 'orders', severity: 'warning' },
        says: 'calls refused in 5 minutes because of the limit for orders: 2',
      },
    },
    silent: {
      'calls are refused by a ban, which has an alert of its own': { up: '1x100', [responses('ban')]: '0x27 1x60' },
      'Prometheus first scrapes a bot that already has one': {
        up: '_x28 1x60',
        mcbot_start_timestamp: '_x28 -3600x60',
        [responses('orders')]: '_x28 1x60',
      },
    },
    healthy: { up: '1x60', [responses('request_weight')]: '0x60', [responses('orders')]: '0x60' },
  },
  OrderLimitNear: {
    fires: {
      'a burst in one interval of ten seconds': {
        given: {
          [used('10s')]: '30x7 241x1 30x60',
          [most('10s')]: '300x80',
          [used('1m')]: '271x80',
          [most('1m')]: '1200x80',
        },
        from: '2m',
        to: '6m15s',
        labels: { ...target, interval: '10s', severity: 'warning' },
        says: '80.33 % of the orders that the exchange allows in 10s were used (alert above 80 %)',
      },
      'the orders of a day': {
        given: { [used('1d')]: '150000x7 160001x31 0x60', [most('1d')]: '200000x100' },
        from: '2m',
        to: '13m45s',
        labels: { ...target, interval: '1d', severity: 'warning' },
        says: '80 % of the orders that the exchange allows in 1d were used (alert above 80 %)',
      },
    },
    silent: {
      'at the limit': { [used('10s')]: '30x7 240x60', [most('10s')]: '300x80' },
      'many orders, but within the limit of their interval': {
        [used('1m')]: '290x60',
        [most('1m')]: '1200x60',
        [most('10s')]: '300x60',
      },
    },
    healthy: { [used('10s')]: '3x60', [most('10s')]: '300x60', [used('1m')]: '20x60', [most('1m')]: '1200x60' },
  },
}

import type { Proofs } from '../case.ts'
import { critical, instanceWarning } from './target.ts'

const banned = 'tradingbot_banned_until_timestamp'
const errors = (endpoint: string, kind: string) => `tradingbot_api_errors_total{endpoint="${endpoint}", kind="${kind}"}`
/** A counter that grows by 1 every twelve seconds, scraped every ten. */
const everyTwelveSeconds = Array.from({ length: 120 }, (_, i) => 10 + Math.floor((i * 10) / 12)).join(' ')
const bans = (left: string) =>
  `the exchange bans the bot for another ${left}: until then it can neither open nor close a position`

/** The exchange: calls that fail, and what it refuses as a whole. */
export const exchangeProofs: Proofs = {
  ExchangeBan: {
    fires: {
      'a ban until the fifteenth minute': {
        given: { [banned]: '0x7 900x80' },
        from: '2m',
        to: '19m',
        labels: critical,
        says: bans('13m 0s'),
      },
      'a ban that a restart of the bot forgets': {
        given: { [banned]: '0x7 900x7 stale _x3 0x60' },
        from: '2m',
        to: '19m',
        labels: critical,
        says: bans('13m 0s'),
      },
      'a ban that is lifted after three minutes, and a restart that forgets it': {
        given: { [banned]: '0x7 900x11 300x25 stale _x3 0x60' },
        from: '2m',
        to: '9m',
        labels: critical,
        says: bans('13m 0s'),
      },
    },
    silent: {
      'there was no ban since the start': { [banned]: '0x60' },
      'it ends at this moment': { [banned]: '0+15x60' },
    },
    healthy: { [banned]: '0x60' },
  },
  ApiKeyRejected: {
    fires: {
      'the exchange rejects the key': {
        given: { tradingbot_api_key_valid: '1x7 0x31 1x19' },
        from: '2m30s',
        to: '13m',
        labels: critical,
        says: 'the exchange rejects the API key: the bot can neither open nor close a position',
      },
    },
    silent: { 'a single answer': { tradingbot_api_key_valid: '1x7 0x1 1x40' } },
    healthy: { tradingbot_api_key_valid: '1x60' },
  },
  ApiErrorSpike: {
    // as it is deployed: the minute is what seven samples span
    every: '10s',
    evaluate: '10s',
    fires: {
      'six calls a minute fail, of two kinds': {
        given: {
          [errors('order', 'server')]: '10x11 10+1x30 40x60',
          [errors('account', 'timeout')]: '5x120',
        },
        from: '3m',
        to: '13m10s',
        labels: instanceWarning,
        says: '6 API calls failed in a minute, limit 5',
      },
    },
    silent: {
      'five calls a minute fail, evenly': { [errors('order', 'server')]: everyTwelveSeconds },
      'five calls fail within ten seconds': { [errors('order', 'server')]: '10x11 15x100' },
      'five calls fail in fifty seconds': { [errors('order', 'server')]: '10x11 11+1x4 15x100' },
      'a long time ago': { [errors('order', 'server')]: '900x60' },
    },
    healthy: { [errors('order', 'server')]: '10x60', [errors('account', 'timeout')]: '5x20 6x40' },
  },
}

import type { Proofs } from '../case.ts'
import { at, critical, instanceWarning, warning } from './target.ts'

const exchange = 'upbit'
const connected = at(exchange, 'exchange_connected')
const banned = at(exchange, 'banned_until_timestamp')
const keyValid = at(exchange, 'api_key_valid')
const messages = at(exchange, 'websocket_messages_total')
const reconnects = (which = exchange) => at(which, 'exchange_reconnects_total')
const bans = 'upbit bans the bot for another 13m 0s: until then it can close no leg there'
const silence = 'upbit is connected, but has sent no message for a minute: its prices are unknown'
const often = 'upbit reconnected 3 times in 5 minutes, limit 3'
/** A bot that has been scraped for a day. */
const old = (length: number) => ({ up: `1x${length}`, arbot_start_timestamp: `-90000x${length}` })

/** Each exchange: whether it is connected, delivers, and lets the bot in. */
export const exchangeProofs: Proofs = {
  ExchangeBan: {
    fires: {
      'a ban until the fifteenth minute': {
        given: { [banned]: '0x7 900x100', [at('okx', 'banned_until_timestamp')]: '0x108' },
        from: '2m',
        to: '21m',
        labels: { ...critical, exchange },
        says: bans,
      },
      'a ban that a restart of the bot forgets': {
        given: { [banned]: '0x7 900x7 stale _x3 0x90' },
        from: '2m',
        to: '21m',
        labels: { ...critical, exchange },
        says: bans,
      },
      'a ban that is lifted after three minutes, and a restart that forgets it': {
        given: { [banned]: '0x7 900x11 300x25 stale _x3 0x90' },
        from: '2m',
        to: '11m',
        labels: { ...critical, exchange },
        says: bans,
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
      'one of two exchanges rejects its key': {
        given: { [keyValid]: '1x7 0x31 1x39', [at('okx', 'api_key_valid')]: '1x80' },
        from: '2m30s',
        to: '16m',
        labels: { ...critical, exchange },
        says: 'upbit rejects the API key: the bot can neither open nor close a leg there',
      },
    },
    silent: { 'a single answer': { [keyValid]: '1x7 0x1 1x40' } },
    healthy: { [keyValid]: '1x60' },
  },
  ExchangeDisconnected: {
    fires: {
      'for a minute and longer': {
        given: { [connected]: '1x7 0x31 1x39', [at('okx', 'exchange_connected')]: '1x80' },
        from: '3m',
        to: '17m',
        labels: { ...critical, exchange },
        says: 'upbit has been disconnected for more than a minute: its prices are unknown',
      },
    },
    silent: { 'it reconnects within a minute': { [connected]: '1x7 0x3 1x40' } },
    healthy: { [connected]: '1x60' },
  },
  ExchangeConnectionLost: {
    fires: {
      'at once, and for a single scrape': {
        given: { [connected]: '1x7 0x0 1x40', [at('okx', 'exchange_connected')]: '1x60' },
        from: '2m',
        to: '5m15s',
        labels: { ...warning, exchange },
        says: 'the connection to upbit is lost',
      },
    },
    silent: { 'it reconnects between two scrapes': { [connected]: '1x60' } },
    healthy: { [connected]: '1x60' },
  },
  ExchangeReconnectsOften: {
    fires: {
      'an exchange reconnects three times': {
        given: { ...old(100), [reconnects()]: '0x27 1x3 2x3 3x60', [reconnects('okx')]: '0x100' },
        from: '9m',
        to: '12m45s',
        labels: { ...instanceWarning, exchange },
        says: often,
      },
      'a series starts at three': {
        given: { ...old(100), [reconnects()]: '_x28 3x60' },
        from: '7m',
        to: '13m',
        labels: { ...instanceWarning, exchange },
        says: often,
      },
    },
    silent: {
      'two exchanges reconnect twice each': {
        ...old(100),
        [reconnects()]: '0x27 2x60',
        [reconnects('okx')]: '0x27 2x60',
      },
      'three times in six minutes': { ...old(100), [reconnects()]: '0x27 1x11 2x11 3x60' },
    },
    healthy: { ...old(100), [reconnects()]: '0x27 1x60', [reconnects('okx')]: '0x100' },
  },
  ExchangeSilent: {
    fires: {
      'the stream says nothing for eight minutes': {
        given: {
          ...old(100),
          [connected]: '1x100',
          [messages]: '0+50x27 1350x31 1400+50x40',
          [at('okx', 'exchange_connected')]: '1x100',
          [at('okx', 'websocket_messages_total')]: '0+50x100',
        },
        from: '7m45s',
        to: '18m',
        labels: { ...critical, exchange },
        says: silence,
      },
      'a stream that has never delivered anything has no series': {
        given: { ...old(100), [connected]: '_x8 1x40 0x60' },
        from: '2m15s',
        to: '15m15s',
        labels: { ...critical, exchange },
        says: silence,
      },
    },
    silent: {
      'it is disconnected': { ...old(100), [connected]: '1x27 0x60', [messages]: '0+50x27 1350x60' },
      'a message every 45 seconds': {
        ...old(40),
        [connected]: '1x20',
        [messages]: '0 1x2 2x2 3x2 4x2 5x2 6x2 7x2 8x2',
      },
      'a stream that was just opened': { ...old(40), [connected]: '_x8 1x20', [messages]: '_x9 5+50x20' },
    },
    healthy: { ...old(60), [connected]: '1x60', [messages]: '0+50x60' },
  },
}

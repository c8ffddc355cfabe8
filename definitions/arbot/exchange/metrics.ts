import { counter, deviation, flag, gauge, histogram, ms, ratio, timestamp } from '../../language/metrics.ts'
import { asset, exchange } from '../labels.ts'
import { notInDocument, withLabels } from '../metric-deviations.ts'

const quotes = notInDocument(
  'the age of quotes',
  'A connected stream can deliver prices of a minute ago, and each of them looks like a spread.',
)
const transfers = notInDocument(
  'open deposits and withdrawals',
  'While an exchange accepts no deposits or withdrawals of an asset, its price follows no other: the spread is bait, since nobody can carry the asset across.',
)

/** How each exchange is connected, answers, and what it allows. */
export const exchangeMetrics = {
  exchange_connected: gauge({
    help: 'Whether the WebSocket to the exchange is connected.',
    unit: flag,
    labels: { exchange },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
  }),
  exchange_reconnects_total: counter({
    help: 'Reconnects of the WebSocket to the exchange.',
    labels: { exchange },
    deviates: withLabels(
      'exchange_reconnects_total',
      'exchange',
      'three exchanges that reconnect once are a quiet night, one that reconnects three times is not.',
    ),
  }),
  websocket_messages_total: counter({
    help: 'Messages received over the WebSocket to the exchange.',
    labels: { exchange },
    deviates: withLabels(
      'websocket_messages_total',
      'exchange',
      'otherwise the messages of two exchanges hide that the third one is silent.',
    ),
  }),
  exchange_latency_ms: histogram({
    help: 'Time from a request to the exchange to its answer.',
    unit: ms,
    labels: { exchange },
    buckets: [10, 25, 50, 100, 150, 200, 300, 500, 750, 1000, 2000, 5000, 10_000],
    deviates: deviation(
      'exchange_latency_ms is averaged by avg_over_time, so it is a gauge; no label is listed, and a panel shows it by exchange',
      'A gauge of the last call loses every call between two scrapes, and its average is one over samples, not over calls: each call is counted in a histogram, by exchange.',
    ),
  }),
  quote_age_ms: gauge({
    help: 'Age of the oldest quote of the exchange that strategies use, at the scrape: by the exchange’s own timestamp, corrected for its clock offset.',
    unit: ms,
    labels: { exchange },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: quotes,
  }),
  stale_quotes_total: counter({
    help: 'Quotes of the exchange that were too old to be used when they were needed.',
    labels: { exchange },
    deviates: quotes,
  }),
  clock_offset_ms: gauge({
    help: 'Clock of the exchange minus the bot’s own clock; positive if the exchange is ahead.',
    unit: ms,
    labels: { exchange },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'clock offsets',
      'Exchanges refuse requests whose timestamp is off by some seconds, and the age of a quote is wrong by as much.',
    ),
  }),
  banned_until_timestamp: gauge({
    help: 'Unix time until which the exchange bans the bot; 0 if there was no ban since the start.',
    unit: timestamp,
    labels: { exchange },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
    deviates: notInDocument('bans', 'A bot that one exchange bans cannot close the legs it has there.'),
  }),
  order_limit_used: gauge({
    help: 'Share of the order limit of the exchange that is used: of its intervals, the one that is used most.',
    unit: ratio,
    labels: { exchange },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'order limits',
      'A bot at the limit of one exchange sends the first leg and is refused the second one.',
    ),
  }),
  api_key_valid: gauge({
    help: 'Whether the exchange accepted the API key and its permissions at the last call that needs them.',
    unit: flag,
    labels: { exchange },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: notInDocument(
      'API keys',
      'A key that expired or lost its permission to trade fails every order, those that close a leg included.',
    ),
  }),
  deposits_open: gauge({
    help: 'Whether the exchange accepts deposits of the asset.',
    unit: flag,
    labels: { exchange, asset },
    additive: false,
    mustBeSetWithin: '10m',
    deviates: transfers,
  }),
  withdrawals_open: gauge({
    help: 'Whether the exchange pays out withdrawals of the asset.',
    unit: flag,
    labels: { exchange, asset },
    additive: false,
    mustBeSetWithin: '10m',
    deviates: transfers,
  }),
}

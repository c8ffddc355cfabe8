import { counter, deviation, flag, gauge, histogram, oneOf, seconds, timestamp } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const endpoint = oneOf('order', 'cancel', 'account', 'klines', 'funding', 'open_interest')
/** Binance counts orders by these; which of them apply depends on the market. */
const interval = oneOf('10s', '1m', '1d')

const rateLimit = deviation(
  'the dashboard Exchange Health has a panel Rate limit but no metric for it',
  'The exchange reports the weight used in every response and the limit in its exchange information; the glossary’s figure of 1200 requests a minute is out of date, so the limit is a metric and not a number in a panel.',
)

const bans = deviation(
  'the bot counts rate-limited calls as an outcome of API calls',
  'That does not tell which limit was exceeded, nor a refusal from a ban and its end, which the exchange reports with each 418.',
)
const orderLimit = deviation(
  'the exchange limits requests per minute',
  'It also limits the orders of an account by interval, and reports their number with every order.',
)

/** Layer 3: how the exchange responds. */
export const exchangeMetrics = {
  exchange_api_calls_total: counter({
    help: 'Exchange API calls by outcome.',
    labels: { endpoint, status: oneOf('success', 'failure', 'rate_limited') },
  }),
  exchange_api_latency_seconds: histogram({
    help: 'Response time of the exchange API.',
    unit: seconds,
    labels: { endpoint },
    buckets: [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
  }),
  exchange_ws_connected: gauge({
    help: 'Whether the market data stream for the symbol is connected.',
    unit: flag,
    labels: { symbol },
    additive: false,
    initially: 0,
    mustBeSetWithin: '5m',
  }),
  exchange_consecutive_failures: gauge({
    help: 'Consecutive failed API calls; the next success resets it to zero.',
    initially: 0,
    additive: false,
    deviates: deviation(
      'mcbot_exchange_consecutive_failures counts consecutive failures, and its runbook waits for a success to reset it',
      'In the original only sending an order reset it, so without orders it never recovered: every API call counts.',
    ),
  }),
  exchange_rate_limit_used: gauge({
    help: 'Request weight used in the current minute, as reported by the exchange with its last response; absent if that is more than a minute ago.',
    // the exchange counts by the minute: what it said before is about another one
    expiresAfter: '1m',
    mustBeSetWithin: '5m',
    deviates: rateLimit,
  }),
  exchange_rate_limit_max: gauge({
    help: 'Request weight that the exchange allows per minute.',
    additive: false,
    mustBeSetWithin: '5m',
    deviates: rateLimit,
  }),
  exchange_limit_responses_total: counter({
    help: 'API calls that the exchange refused because of its limits: 429 for request weight or orders, 418 for a ban.',
    labels: { reason: oneOf('request_weight', 'orders', 'ban') },
    deviates: bans,
  }),
  exchange_banned_until_timestamp: gauge({
    help: 'Unix time until which the exchange bans the bot, as reported with its last 418; the time at which it ended if that was earlier; 0 if there was none since the start.',
    unit: timestamp,
    additive: false,
    initially: 0,
    deviates: bans,
  }),
  exchange_orders_used: gauge({
    help: 'Orders of the account in the current interval, as reported by the exchange with the last one; 0 once that interval is over.',
    labels: { interval },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: orderLimit,
  }),
  exchange_orders_max: gauge({
    help: 'Orders of an account that the exchange allows per interval.',
    labels: { interval },
    additive: false,
    mustBeSetWithin: '5m',
    deviates: orderLimit,
  }),
}

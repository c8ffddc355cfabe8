import { age, counter, deviation, gauge, seconds } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const frozenAge = (name: string) =>
  deviation(
    `${name} is a gauge that the bot refreshes`,
    'Such a gauge freezes together with the loop it watches, and is absent before the first message: the age is computed at every scrape, and counts from process start or from when the symbol is first expected.',
  )

const last_bar_age_seconds = age({
  help: 'Time since the last bar of the symbol arrived, which is soon after it closed: up to bar_interval_seconds while all is well.',
  labels: { symbol },
  mustBeSetWithin: '5m',
  deviates: frozenAge('mcbot_last_bar_age_seconds'),
})

/** Layer 6: the market data streams. */
export const websocketMetrics = {
  ws_reconnects_total: counter({
    help: 'Reconnect attempts of the stream for the symbol.',
    labels: { symbol },
    deviates: deviation(
      'mcbot_ws_reconnects_total counts reconnects',
      'Counting only successful reconnects hides a stream that never comes back: every attempt counts.',
    ),
  }),
  ws_last_message_age_seconds: age({
    help: 'Time since the last message on the stream for the symbol.',
    labels: { symbol },
    mustBeSetWithin: '5m',
    deviates: frozenAge('mcbot_ws_last_message_age_seconds'),
  }),
  ws_messages_received_total: counter({ help: 'Messages received on the stream for the symbol.', labels: { symbol } }),
  last_bar_age_seconds,
  bar_interval_seconds: gauge({
    help: 'Time between two bars of the symbol: the length of the shortest timeframe that the bot follows for it, such as 3600 for hourly bars.',
    unit: seconds,
    labels: { symbol },
    additive: false,
    mustBeSetWithin: '5m',
    endsWith: last_bar_age_seconds,
    deviates: deviation(
      'mcbot_last_bar_age_seconds, without the length of a bar',
      'An hourly bar is up to an hour old while all is well, so an age alone says nothing: the length is exposed as well.',
    ),
  }),
}

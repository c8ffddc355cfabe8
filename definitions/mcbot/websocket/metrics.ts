import { age, counter, deviation } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const frozenAge = (name: string) =>
  deviation(
    `${name} is a gauge that the bot refreshes`,
    'Such a gauge freezes together with the loop it watches, and is absent before the first message: the age is computed at every scrape, and counts from process start or from when the symbol is first expected.',
  )

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
  last_bar_age_seconds: age({
    help: 'Time since the last price bar for the symbol.',
    labels: { symbol },
    mustBeSetWithin: '5m',
    deviates: frozenAge('mcbot_last_bar_age_seconds'),
  }),
}

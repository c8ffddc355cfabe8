import { age, counter, deviation } from '../../language/metrics.ts'
import { symbol } from '../labels.ts'

const frozenAge = (name: string) =>
  deviation(
    `${name} is a gauge that the bot refreshes`,
    'Such a gauge stands still together with the loop that it watches and is absent before the first message: the age is computed at every scrape and runs from process start or from the moment that the symbol is expected.',
  )

/** Layer 6: the market data streams. */
export const websocket = {
  ws_reconnects_total: counter({
    help: 'Attempts to connect the stream of the symbol again.',
    labels: { symbol },
    deviates: deviation(
      'mcbot_ws_reconnects_total counts reconnects',
      'Counting only those that succeed hides a stream that never comes back: every attempt counts.',
    ),
  }),
  ws_last_message_age_seconds: age({
    help: 'Time since the last message of the stream of the symbol.',
    labels: { symbol },
    deviates: frozenAge('mcbot_ws_last_message_age_seconds'),
  }),
  ws_messages_received_total: counter({ help: 'Messages received from the stream of the symbol.', labels: { symbol } }),
  last_bar_age_seconds: age({
    help: 'Time since the last price bar of the symbol.',
    labels: { symbol },
    deviates: frozenAge('mcbot_last_bar_age_seconds'),
  }),
}

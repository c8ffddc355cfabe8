import { age, counter, external, gauge, items, open } from '../language/metrics.ts'

/** The metrics of the relay, which delivers Alertmanager's messages to the channels. */
export const relay = external({
  relay_failing_seconds: age({
    help: 'Time since the first failed attempt after the last one that worked.',
    labels: { channel: open({ max: 20 }) },
  }),
  relay_queued_messages: gauge({
    help: 'Messages that the channel has not taken yet.',
    unit: items,
    labels: { channel: open({ max: 20 }) },
  }),
  relay_messages_total: counter({
    help: 'Messages by what became of them.',
    labels: { channel: open({ max: 20 }), outcome: open({ max: 5 }) },
  }),
})

import { bytes, counter, external, gauge, oneOf, open } from '../language/metrics.ts'

/** The metrics of vlagent, which reads the files of a log and sends their lines to the store. */
export const vlagent = external({
  vl_rows_dropped_total: counter({
    help: 'Lines that were not sent, by reason.',
    labels: { reason: open({ max: 10 }) },
  }),
  vl_too_long_lines_skipped_total: counter({ help: 'Lines longer than 2 MiB, which are skipped.' }),
  vlagent_remotewrite_blocks_sent_total: counter({
    help: 'Blocks of lines that the store took.',
    labels: { url: open({ max: 5 }) },
  }),
  vlagent_remotewrite_retries_count_total: counter({
    help: 'Further attempts to send a block of lines.',
    labels: { url: open({ max: 5 }) },
  }),
  vlagent_remotewrite_pending_data_bytes: gauge({
    help: 'Lines that the store has not taken yet.',
    unit: bytes,
    labels: { url: open({ max: 5 }), path: open({ max: 5 }) },
  }),
  vlagent_remotewrite_packets_dropped_total: counter({
    help: 'Blocks of lines that the store rejected for good.',
    labels: { url: open({ max: 5 }) },
  }),
  vm_persistentqueue_blocks_dropped_total: counter({
    help: 'Blocks of lines dropped because the queue on disk was full.',
    labels: { path: open({ max: 5 }) },
  }),
  vm_log_messages_total: counter({
    help: 'Lines of its own log, by the place in its source.',
    labels: {
      app_version: open({ max: 5 }),
      level: oneOf('info', 'warn', 'error', 'fatal', 'panic'),
      location: open({ max: 200 }),
      is_printed: oneOf('true', 'false'),
    },
  }),
})

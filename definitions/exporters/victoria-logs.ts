import { bytes, counter, external, flag, gauge, oneOf, open, timestamp } from '../language/metrics.ts'

/** The metrics of VictoriaLogs, the store of log lines. */
export const victoriaLogs = external({
  vl_rows_dropped_total: counter({
    help: 'Lines that were not stored, by reason.',
    labels: { reason: open({ max: 10 }) },
  }),
  vl_rows_ingested_total: counter({
    help: 'Lines that it took, by the protocol.',
    labels: { type: open({ max: 10 }) },
  }),
  vl_storage_is_read_only: gauge({
    help: 'Whether it takes no lines, for lack of disk space.',
    unit: flag,
    labels: { path: open({ max: 5 }) },
  }),
  vl_free_disk_space_bytes: gauge({
    help: 'Free space of the disk that it writes to.',
    unit: bytes,
    labels: { path: open({ max: 5 }) },
  }),
  vl_max_disk_space_usage_bytes: gauge({
    help: 'The limit of the disk space that lines may use.',
    unit: bytes,
    labels: { path: open({ max: 5 }) },
  }),
  vl_data_size_bytes: gauge({
    help: 'Disk space that lines and their indexes use.',
    unit: bytes,
    labels: { type: oneOf('storage', 'indexdb') },
  }),
  process_start_time_seconds: gauge({ help: 'When it was started.', unit: timestamp }),
})

import type { Proofs } from '../case.ts'
import { target } from './target.ts'

const warning = { ...target, severity: 'warning' }
const files = (open: string, most: string) => ({ mcbot_process_open_fds: open, mcbot_process_max_fds: most })

/** The bot's process. */
export const processProofs: Proofs = {
  HighEventLoopLag: {
    fires: {
      'it lags by more than a second': {
        given: { mcbot_event_loop_lag_seconds: '0.01x7 1.5x31 0.01x19' },
        from: '3m',
        to: '13m',
        labels: warning,
        says: 'event loop lag is 1.5s, limit 1 s',
      },
    },
    silent: {
      'at the limit': { mcbot_event_loop_lag_seconds: '0.01x7 1x60' },
      'for less than a minute': { mcbot_event_loop_lag_seconds: '0.01x7 5x3 0.01x40' },
    },
    healthy: { mcbot_event_loop_lag_seconds: '0.01x60' },
  },
  HighMemoryUsage: {
    fires: {
      'more than 2 GiB': {
        given: { mcbot_process_memory_rss_bytes: '90000000x7 3221225472x31 90000000x19' },
        from: '7m',
        to: '13m',
        labels: warning,
        says: 'the process uses 3GiB of memory, limit 2 GiB',
      },
    },
    silent: {
      'at the limit': { mcbot_process_memory_rss_bytes: '90000000x7 2147483648x60' },
      'for less than five minutes': { mcbot_process_memory_rss_bytes: '90000000x7 9000000000x19 90000000x40' },
    },
    healthy: { mcbot_process_memory_rss_bytes: '90000000x60' },
  },
  HighFDCount: {
    fires: {
      'more than a thousand': {
        given: { mcbot_process_open_fds: '30x7 1001x31 30x19' },
        from: '4m',
        to: '13m',
        labels: warning,
        says: '1001 file descriptors are open, limit 1000',
      },
    },
    silent: {
      'at the limit': { mcbot_process_open_fds: '30x7 1000x60' },
      'for less than two minutes': { mcbot_process_open_fds: '30x7 5000x7 30x40' },
    },
    healthy: { mcbot_process_open_fds: '30x60' },
  },
  FDLimitNear: {
    fires: {
      'more than four fifths of the limit': {
        given: files('30x7 820x31 30x19', '1024x60'),
        from: '4m',
        to: '13m',
        labels: { ...target, severity: 'critical' },
        says: '80.08 % of the file descriptor limit is used (alert above 80 %)',
      },
    },
    silent: {
      'at the limit': files('30x7 800x60', '1000x60'),
      'for less than two minutes': files('30x7 1000x7 30x40', '1024x60'),
    },
    healthy: files('30x60', '1024x60'),
  },
}

import type { Proof, Proofs, Target } from './case.ts'
import { evaluationProofs } from './log-evaluation.ts'

/** The labels of an alert that leaves alerts on lines blind, and of one that is only a warning. */
interface Labels {
  readonly labels: Readonly<Record<string, string>>
  readonly warning: Readonly<Record<string, string>>
}

/** The cases of the alerts on the log, which every bot with events has; `blind` is their severity if alerts on lines cannot fire. */
export function logProofs({ bot, env }: Target, blind: string): Proofs {
  const both = { labels: { bot, env, severity: blind }, warning: { bot, env, severity: 'warning' } }
  return {
    ...downProofs(both),
    ...spaceProofs(both),
    ...wayProofs(both),
    ...silenceProofs(both),
    ...lossProofs(both),
    ...evaluationProofs(both),
  }
}

const of = (job: string, name: string, labels = '') =>
  `${name}{job="${job}", instance="${job}"${labels === '' ? '' : `, ${labels}`}}`
const store = (name: string, labels?: string) => of('victoria-logs', name, labels)
const agent = (name: string, labels?: string) => of('vlagent', name, labels)

const path = 'path="/var/tmp/victoria-logs"'
const url = 'url="1:secret-url"'

function downProofs({ labels }: Labels): Proofs {
  const down = (job: string, says: string, to = '13m'): Proof => ({
    fires: {
      'it does not answer': {
        given: { [of(job, 'up')]: '1x7 0x31 1x39', [of('other', 'up')]: '0x60' },
        from: '4m',
        to,
        labels: { ...labels, instance: job, job },
        says,
      },
    },
    silent: {
      'for less than two minutes, as in a restart': { [of(job, 'up')]: '1x7 0x7 1x40' },
      'another program is down': { [of(job, 'up')]: '1x60', [of('other', 'up')]: '0x60' },
    },
    healthy: { [of(job, 'up')]: '1x60' },
  })
  return {
    LogStoreDown: down(
      'victoria-logs',
      'VictoriaLogs has not answered for two minutes: no alert on the log can fire, and no line can be read',
      '14m',
    ),
    LogAgentDown: down(
      'vlagent',
      'vlagent has not answered for two minutes: lines do not reach the store, and alerts on the log miss them',
    ),
    LogEvaluatorDown: down(
      'vmalert',
      'vmalert has not answered for two minutes: no alert on the log can fire, and none is resolved',
    ),
  }
}

function spaceProofs({ labels, warning }: Labels): Proofs {
  const readOnly = store('vl_storage_is_read_only', path)
  const free = store('vl_free_disk_space_bytes', path)
  const lines = store('vl_data_size_bytes', 'type="storage"')
  const index = store('vl_data_size_bytes', 'type="indexdb"')
  const limit = store('vl_max_disk_space_usage_bytes', path)
  return {
    LogStoreReadOnly: {
      fires: {
        'its disk is full': {
          given: { [readOnly]: '0x7 1x31 0x39' },
          from: '2m',
          to: '15m',
          labels,
          says: 'the disk of VictoriaLogs is full: it takes no lines, and alerts on the log miss them',
        },
      },
      silent: { 'it takes lines': { [readOnly]: '0x60' } },
      healthy: { [readOnly]: '0x60' },
    },
    LogDiskAlmostFull: {
      fires: {
        'half a gibibyte is free': {
          given: { [free]: '2147483648x7 536870912x31 2147483648x39' },
          from: '7m',
          to: '13m',
          labels: warning,
          says: 'only 512MiB are free on the disk of VictoriaLogs, limit 1 GiB; below 10 MB it takes no lines',
        },
      },
      silent: {
        'for less than five minutes': { [free]: '2147483648x7 536870912x18 2147483648x39' },
        'one gibibyte is free': { [free]: '1073741824x60' },
      },
      healthy: { [free]: '76342669312x60' },
    },
    LogRetentionCut: {
      fires: {
        'lines and indexes use 91 % of their limit': {
          given: {
            [lines]: '800000000x7 900000000x71 800000000x19',
            [index]: '10000000x98',
            [limit]: '1000000000x98',
          },
          from: '12m',
          to: '23m',
          labels: warning,
          says: 'the log uses 91 % of its disk space, limit 90 %: its oldest day will be deleted early',
        },
      },
      silent: { 'they use 90 %': { [lines]: '890000000x90', [index]: '10000000x90', [limit]: '1000000000x90' } },
      healthy: { [lines]: '100000000x90', [index]: '10000000x90', [limit]: '1000000000x90' },
    },
  }
}

const warned = (place: string, level = 'warn') =>
  agent(
    'vm_log_messages_total',
    `app_version="vlagent-go-v1.52.2", level="${level}", location="VictoriaLogs@v1.52.2/app/vlagent/${place}", is_printed="true"`,
  )

function wayProofs({ labels }: Labels): Proofs {
  const unreadable = warned('filecollector/file_collector.go:142')
  const retries = agent('vlagent_remotewrite_retries_count_total', url)
  const sent = agent('vlagent_remotewrite_blocks_sent_total', url)
  return {
    LogFileUnreadable: {
      fires: {
        'a file may not be read, and is tried every two seconds': {
          given: { [unreadable]: '0x7 7+7.5x31 239.5x39', [warned('tail/tailer.go:131')]: '0x60' },
          from: '4m',
          to: '14m45s',
          labels,
          says: 'vlagent cannot open a file of the log: its lines reach neither the store nor an alert',
        },
      },
      silent: {
        'files were rotated meanwhile': { [unreadable]: '0x7 1+1x20 21x30' },
        'it warns ten times a minute': { [unreadable]: '100+1x60', [unreadable.replace(':142', ':150')]: '100+1.5x60' },
        'it warns about something else': { [warned('remotewrite/client.go:340')]: '0+10x60' },
        'it says where it reads': { [warned('filecollector/file_collector.go:60', 'info')]: '0+10x60' },
      },
      healthy: { [unreadable]: '0x60' },
    },
    LogLinesWaiting: {
      fires: {
        'the store takes none': {
          given: { [retries]: '0x7 1+1x47 48x39', [sent]: '0+1x7 7x47 8+1x39' },
          from: '7m30s',
          to: '14m',
          labels,
          says: 'the store has taken no line for five minutes: lines wait in vlagent, and alerts on the log miss them',
        },
      },
      silent: {
        'the store is restarted': { [retries]: '0x7 1+1x3 4x50', [sent]: '0+1x7 7x4 8+1x50' },
        'some blocks need a second attempt': { [retries]: '0+1x60', [sent]: '0+1x60' },
        'the bot says nothing': { [retries]: '4x60', [sent]: '7x60' },
      },
      healthy: { [retries]: '0x60', [sent]: '0+1x60' },
    },
  }
}

function silenceProofs({ warning }: Labels): Proofs {
  const taken = store('vl_rows_ingested_total', 'type="internal"')
  const storeUp = store('up')
  const started = store('process_start_time_seconds')
  /** More than a day before the case begins. */
  const before = '-90000x400'
  return {
    LogSilent: {
      every: '5m',
      evaluate: '5m',
      fires: {
        'the store took the last line a day ago': {
          given: { [taken]: '9x2 10x291 11x50', [started]: before, [storeUp]: '1x345', up: '1x345' },
          from: '24h15m',
          to: '24h40m',
          labels: warning,
          says: 'the bot runs, but the store has taken no line for 24 hours, or none since it is monitored',
        },
        'no line has ever arrived, and the bot ran six hours ago': {
          given: { [taken]: '_x90 1x29', [started]: '0x120', [storeUp]: '1x120', up: '1x120' },
          from: '6h5m',
          to: '7h35m',
          labels: warning,
          says: 'the bot runs, but the store has taken no line for 24 hours, or none since it is monitored',
        },
      },
      silent: {
        'nobody knows, since the store does not answer': { [started]: '0x120', [storeUp]: '0x120', up: '1x120' },
        'for less than a day': { [taken]: '9x2 10x287', [started]: before, [storeUp]: '1x290', up: '1x290' },
        'all lines came before the first scrape after a restart': {
          [taken]: '_x100 3x240',
          [started]: '-90000x99 30000x241',
          [storeUp]: '1x340',
          up: '_x60 1x280',
        },
        'the bot does not run': { [taken]: '9x400', [started]: before, [storeUp]: '1x400', up: '0x400' },
        'the bot has run for less than six hours': { [started]: before, [storeUp]: '1x60', up: '_x5 1x55' },
      },
      healthy: { [taken]: '9+1x400', [started]: before, [storeUp]: '1x400', up: '1x400' },
    },
  }
}

function lossProofs({ warning }: Labels): Proofs {
  const queueDropped = agent('vm_persistentqueue_blocks_dropped_total', 'path="/var/tmp/vlagent/queue"')
  const rejected = agent('vlagent_remotewrite_packets_dropped_total', url)
  const tooOld = store('vl_rows_dropped_total', 'reason="too_small_timestamp"')
  const tooManyFields = agent('vl_rows_dropped_total', 'reason="too_many_fields"')
  const tooLong = agent('vl_too_long_lines_skipped_total')
  return {
    LogLinesLost: {
      fires: {
        'the queue on disk is full': {
          given: { [queueDropped]: '0x7 1+1x3 4x80', [rejected]: '0x91' },
          from: '2m',
          to: '15m30s',
          labels: warning,
          says: 'vlagent dropped lines of the log: figures and alerts on them are too low',
        },
        'the store rejects a block for good': {
          given: { [queueDropped]: '0x91', [rejected]: '0x7 1x83' },
          from: '2m',
          to: '14m45s',
          labels: warning,
          says: 'vlagent dropped lines of the log: figures and alerts on them are too low',
        },
      },
      silent: { 'a long time ago': { [queueDropped]: '4x60', [rejected]: '1x60' } },
      healthy: { [queueDropped]: '0x60', [rejected]: '0x60' },
    },
    LogLinesRefused: {
      fires: {
        'the store takes no line older than its retention': {
          given: { [tooOld]: '0x7 3x83', [tooManyFields]: '0x91' },
          from: '2m',
          to: '14m45s',
          labels: { ...warning, job: 'victoria-logs', reason: 'too_small_timestamp' },
          says: 'victoria-logs refused lines of the log, which are lost (too_small_timestamp)',
        },
        'vlagent sends no line with too many fields': {
          given: { [tooOld]: '0x91', [tooManyFields]: '0x7 1x83' },
          from: '2m',
          to: '14m45s',
          labels: { ...warning, job: 'vlagent', reason: 'too_many_fields' },
          says: 'vlagent refused lines of the log, which are lost (too_many_fields)',
        },
      },
      silent: {
        'a long time ago': { [tooOld]: '3x60', [tooManyFields]: '1x60' },
        'lines are dropped on request': { [store('vl_rows_dropped_total', 'reason="debug"')]: '0+1x60' },
      },
      healthy: { [tooOld]: '0x60', [tooManyFields]: '0x60' },
    },
    LogLinesTooLong: {
      fires: {
        'a line has more than 2 MiB': {
          given: { [tooLong]: '0x7 1x83' },
          from: '2m',
          to: '14m45s',
          labels: warning,
          says: 'lines of the log were longer than 2 MiB and are lost',
        },
      },
      silent: { 'a long time ago': { [tooLong]: '1x60' } },
      healthy: { [tooLong]: '0x60' },
    },
  }
}

import { dashboard } from '../language/dashboard.ts'
import { allLines } from '../language/lines.ts'
import { gauge, stat, stateTimeline, timeseries } from '../language/panel.ts'
import { max, min, sum } from '../language/query/aggregate.ts'
import { not } from '../language/query/matcher.ts'
import { increase, rate } from '../language/query/window.ts'
import { agent, agentJob, evaluator, evaluatorJob, fileWarnings, store, storeJob, takenInDay, up } from './series.ts'

const none = { 0: { text: 'none', colour: 'green' } } as const
const anyIsBad = [{ severity: 'warning', above: 0 }] as const
/** `debug` drops lines on request. */
const refused = store.vl_rows_dropped_total.where({ reason: not('debug') })
const refusedBy = (job: string) => sum(increase(refused.where({ job }), '10m')).by('reason')
const lost = {
  dropped: sum(increase(agent.vm_persistentqueue_blocks_dropped_total, '10m')).plus(
    sum(increase(agent.vlagent_remotewrite_packets_dropped_total, '10m')),
  ),
  refused: sum(increase(refused, '10m')),
  tooLong: sum(increase(agent.vl_too_long_lines_skipped_total, '10m')),
}

/** Stat panels for the top row. */
const glance = {
  taken: stat({
    title: 'Lines stored, 24 h',
    description: 'Lines that the store took, duplicates included, whatever their time.',
    show: takenInDay,
    limits: [{ severity: 'warning', below: 1 }],
    decimals: 0,
    emptyMeans: 'the store has taken no line since it is monitored',
  }),
  lostNow: stat({
    title: 'Lost, 10 min',
    description: 'Blocks of lines that the agent dropped, and lines that were refused or too long.',
    show: lost.dropped.plus(lost.refused).plus(lost.tooLong),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  failingNow: stat({
    title: 'Evaluations failed, 5 min',
    show: sum(increase(evaluator.vmalert_execution_errors_total, '5m')),
    meanings: none,
    limits: anyIsBad,
    decimals: 0,
  }),
  readOnly: stat({
    title: 'Store',
    show: max(store.vl_storage_is_read_only),
    meanings: { 0: { text: 'takes lines', colour: 'green' }, 1: { text: 'DISK FULL', colour: 'red' } },
  }),
  diskShare: gauge({
    title: 'Disk, share of limit',
    description: 'Beyond the limit the oldest day of lines is deleted early.',
    show: sum(store.vl_data_size_bytes).div(max(store.vl_max_disk_space_usage_bytes)),
    decimals: 1,
    min: 0,
    max: 1,
  }),
}

/** Panels on the way of a line: what is logged, what waits, what is lost. */
const way = {
  programs: stateTimeline({
    title: 'Programs',
    show: {
      VictoriaLogs: up.where({ job: storeJob }),
      vlagent: up.where({ job: agentJob }),
      vmalert: up.where({ job: evaluatorJob }),
    },
    meanings: { 0: { text: 'down', colour: 'red' }, 1: { text: 'up', colour: 'green' } },
    height: 10,
  }),
  byEvent: timeseries({
    title: 'Lines by event, per minute',
    description: 'Distinct lines in the store.',
    show: allLines().count('1m').by('event'),
    // its legend has a row for each event
    height: 10,
    bars: true,
    stacked: true,
    decimals: 0,
    emptyMeans: 'nothing was logged',
  }),
  stored: timeseries({
    title: 'Lines stored per second',
    description: 'Lines that the store took, duplicates included.',
    show: sum(rate(store.vl_rows_ingested_total, '5m')),
    min: 0,
    emptyMeans: 'the store has taken no line since it started',
  }),
  backlog: timeseries({
    title: 'Lines waiting in the agent',
    description: 'What the store has not taken yet. Beyond 1 GiB the oldest lines are dropped.',
    show: sum(agent.vlagent_remotewrite_pending_data_bytes),
    min: 0,
  }),
  retries: timeseries({
    title: 'Blocks sent and sent again, 5 minutes',
    show: {
      again: sum(increase(agent.vlagent_remotewrite_retries_count_total, '5m')),
      taken: sum(increase(agent.vlagent_remotewrite_blocks_sent_total, '5m')),
    },
    colours: { again: 'orange', taken: 'blue' },
    min: 0,
    decimals: 0,
  }),
  lost: timeseries({
    title: 'Blocks dropped, 10 minutes',
    description: 'Blocks of lines that the agent dropped: its queue was full, or the store rejected them for good.',
    show: lost.dropped,
    bars: true,
    decimals: 0,
  }),
  refused: timeseries({
    title: 'Lines refused, 10 minutes',
    show: { VictoriaLogs: refusedBy(storeJob), vlagent: refusedBy(agentJob) },
    bars: true,
    decimals: 0,
  }),
  tooLong: timeseries({ title: 'Lines too long, 10 minutes', show: lost.tooLong, bars: true, decimals: 0 }),
  files: timeseries({
    title: 'Failures to open a file, 3 minutes',
    show: sum(increase(fileWarnings, '3m')),
    bars: true,
    decimals: 0,
    emptyMeans: 'the agent could open every file',
  }),
}

/** Panels on the disk of the store, and on the evaluation of alerts on lines. */
const rest = {
  disk: timeseries({
    title: 'Disk of the store',
    show: {
      used: sum(store.vl_data_size_bytes),
      limit: max(store.vl_max_disk_space_usage_bytes),
    },
    colours: { used: 'blue', limit: 'grey' },
    min: 0,
  }),
  free: timeseries({
    title: 'Free space on its disk',
    show: min(store.vl_free_disk_space_bytes),
    min: 0,
  }),
  failures: timeseries({
    title: 'Failures of vmalert, 2 minutes',
    show: {
      evaluations: sum(increase(evaluator.vmalert_execution_errors_total, '2m')),
      notifications: sum(increase(evaluator.vmalert_alerts_send_errors_total, '2m')),
    },
    colours: { evaluations: 'orange', notifications: 'purple' },
    bars: true,
    decimals: 0,
  }),
  duration: timeseries({
    title: 'Duration of an evaluation',
    description:
      'The average of five minutes, of all rules of a group together; rules are due every evaluation interval.',
    show: sum(increase(evaluator.vmalert_iteration_duration_seconds_sum, '5m'))
      .by('group')
      .div(sum(increase(evaluator.vmalert_iteration_duration_seconds_count, '5m')).by('group')),
    min: 0,
  }),
}

/** The dashboard on the way from a line of the log to an alert. */
export const logDashboard = dashboard({
  title: 'Log Pipeline',
  description: 'Whether lines of the log are stored and kept, and whether alerts on them can fire.',
  panels: { ...glance, ...way, ...rest },
  rows: {
    'At a glance': ['taken', 'lostNow', 'failingNow', 'readOnly', 'diskShare'],
    'Programs and lines': ['programs', 'byEvent', 'stored'],
    'Waiting and lost': ['backlog', 'retries', 'lost', 'refused', 'tooLong', 'files'],
    'Disk and alerts': ['disk', 'free', 'failures', 'duration'],
  },
})

/** The panels of that dashboard, for use in runbooks. */
export const logPanels = logDashboard.panels

import type { Bot } from '../../definitions/language/bot.ts'
import { inSeconds } from '../../definitions/language/duration.ts'
import type { LogJob } from '../model/model.ts'
import { resendDelay } from './alert-timing.ts'

/** Whether the stack of a bot stores its log: only if it declares events. */
export const keepsLogs = ({ events, outputs }: Pick<Bot, 'events' | 'outputs'>): boolean =>
  outputs.includes('logs') && Object.keys(events).length > 0

/** The programs that a log needs. */
export const logJobs: readonly LogJob[] = Object.freeze(['victoria-logs', 'vlagent', 'vmalert'])

/** The labels of a line that say whose it is, which make its stream in the store together with its event. */
const streamFields: readonly string[] = Object.freeze(['bot', 'env', 'instance', 'event'])

/** The label `evaluator` of alerts on lines: a silent Prometheus does not mute them. */
export const logEvaluator = 'vmalert'

/** The alert of vmalert that always fires, as long as the store answers: the relay watches that it arrives. Nobody is notified. */
export const logWatchdog = 'LogWatchdog'

/** How old a line can be before the store has it, in seconds: two flushes, and the search for a new file after a rotation. */
export const lineLateness = 15

/** How vlagent reads the lines that the runtime writes. */
export const vlagentFlags = (store: string, labels: Readonly<Record<string, string>>): readonly string[] => [
  `-remoteWrite.url=http://${store}/internal/insert`,
  // while the store is down, it keeps this much, and drops the oldest beyond it
  '-remoteWrite.maxDiskUsagePerURL=1GiB',
  // by default it tries again after up to a minute, and an alert on absence would fire when the store is back
  '-remoteWrite.retryMaxTime=5s',
  `-fileCollector.extraFields=${JSON.stringify(labels)}`,
  `-fileCollector.streamFields=${streamFields.join(',')}`,
  '-fileCollector.msgField=msg',
  '-fileCollector.timeField=ts',
  // where a line was read says nothing about the bot
  '-fileCollector.fileField=',
  '-fileCollector.hostnameField=',
  '-fileCollector.refreshInterval=2s',
]

/** How long VictoriaLogs keeps lines, and how much disk they may use. */
export const victoriaLogsFlags = (bot: Pick<Bot, 'stack' | 'events'>): readonly string[] => [
  `-retentionPeriod=${retentionDays(bot)}d`,
  `-retention.maxDiskSpaceUsageBytes=${retentionGiB(bot)}GiB`,
  // what a store that is killed forgets, although the agent believes that it has it: the least it can do
  '-inmemoryDataFlushInterval=1s',
]

/** How vmalert evaluates the rules. */
export const vmalertFlags = (
  { stack }: Pick<Bot, 'stack'>,
  at: { readonly folder: string; readonly store: string; readonly prometheus: string },
): readonly string[] => [
  `-rule=${at.folder}/alerts.yml`,
  `-notifier.config=${at.folder}/notifier.yml`,
  `-datasource.url=http://${at.store}`,
  // ALERTS, for the marks on dashboards; Prometheus cannot give vmalert its state back after a restart
  `-remoteWrite.url=http://${at.prometheus}/api/v1/write`,
  '-remoteWrite.disablePathAppend',
  `-evaluationInterval=${stack.evaluate}`,
  // A line that comes late is in the next evaluation, since windows are longer than the way of a line.
  '-rule.evalDelay=0s',
  // as Prometheus does: one lost request is not a silence
  `-rule.resendDelay=${resendDelay}s`,
]

/** VictoriaLogs keeps whole days, at least one. */
const retentionDays = ({ stack }: Pick<Bot, 'stack'>): number =>
  Math.max(1, Math.ceil(inSeconds(stack.logs.retention) / 86_400))

/** How much disk space lines may use: what they need without compression, which makes them about ten times as small. */
function retentionGiB(bot: Pick<Bot, 'stack' | 'events'>): number {
  const fields = Object.values(bot.events).map((event) => Object.keys(event.fields).length)
  const bytes = bytesOfLine + bytesOfField * Math.max(0, ...fields)
  return Math.max(1, Math.ceil((bot.stack.logs.linesPerDay * retentionDays(bot) * bytes) / 2 ** 30))
}

/** Of level, time, bot, event, run and sequence number, and of one more field. */
const bytesOfLine = 200
const bytesOfField = 30

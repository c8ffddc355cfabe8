import {
  type AnyAlert,
  type AnyPanel,
  alert,
  check,
  type Deviation,
  type LinesCondition,
  look,
  percent,
  run,
  text,
} from '../language/index.ts'
import { freeDisk } from './free-disk.ts'

/** Fires if a disk of the host is almost full, of a bot that writes a log; the panel shows it. */
export const diskAlmostFull = (disk: AnyPanel, deviates: Deviation) =>
  alert({
    when: freeDisk.lt(percent(5)),
    for: '10m',
    severity: 'warning',
    cooldown: '1h',
    summary: (l, value) => text`only ${value.percent} of ${l.mountpoint} is free on the host, limit 5 %`,
    resolved: (l) => text`more than 5 % of ${l.mountpoint} is free again on the host`,
    runbook: {
      cause:
        'A disk of the host is almost full. Once it is, Prometheus stops storing samples. If it is the disk of the log, the bot loses its lines, and alerts on the log go blind.',
      steps: [
        check('the disks with `df -h`', 'which one is it, and is /var/log/trading on it?'),
        look(disk, 'how fast is it filling?'),
        check('the size of the log with `du -sh /var/log/trading`', 'are rotated files deleted?'),
        check('Docker’s share of it with `docker system df`', 'images, volumes or logs?'),
      ],
    },
    deviates,
  })

/** What the alert on missing heartbeat lines of a bot says. */
interface WatchedLog {
  readonly bot: string
  /** No heartbeat line for 90 seconds, of a bot that writes one every minute. */
  readonly absent: LinesCondition<string, 'flag'>
  /** The alerts that cannot fire without lines, as the end of a sentence. */
  readonly blind: string
  readonly counts: AnyPanel
  readonly mutedBy: readonly AnyAlert[]
  readonly deviates: Deviation
}

/** Fires if the heartbeat lines of a bot that runs do not arrive in the store. */
export const heartbeatLineMissing = ({ bot, absent, blind, counts, mutedBy, deviates }: WatchedLog) =>
  alert({
    when: absent,
    // a store without any line knows nothing of the time before its start: the message says only for how long none has come
    for: '4m',
    // it must end before what mutes it does
    keepFiringFor: '0s',
    severity: 'warning',
    mutedBy,
    hidesLines: true,
    summary: 'no heartbeat line for 4 minutes: the log does not arrive, and alerts on the log are blind',
    resolved: 'heartbeat lines arrive again',
    runbook: {
      cause: `The bot writes a heartbeat line every minute, and none has reached the store for four. The bot itself runs, or BotDown or HeartbeatMissed would have been sent instead: its lines are not written, or do not reach the store. ${blind}`,
      steps: [
        check(
          `the newest file with \`ls -lt /var/log/trading/${bot}.*.jsonl | head -1\``,
          'does it grow: is the bot still writing?',
        ),
        check('the space of its disk with `df -h /var/log/trading`', 'is it full?'),
        check('the owner and mode of the file with `ls -ln /var/log/trading`', 'may the bot write, and vlagent read?'),
        run('docker compose up -d vlagent victoria-logs', 'starts what reads and stores lines, if it does not run'),
        look(counts, 'all events, or the heartbeat alone?'),
      ],
    },
    deviates,
  })

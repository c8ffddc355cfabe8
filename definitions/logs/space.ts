import { alert, alerts } from '../language/alert.ts'
import { max, min, sum } from '../language/query/aggregate.ts'
import { check, decide, look, run } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag, GiB, percent } from '../language/unit.ts'
import { logPanels } from './dashboard.ts'
import { store } from './series.ts'

/** As severe as the worst of the alerts that cannot fire while the log is not watched. */
export type Blind = 'critical' | 'warning'

const dockerSpace = check('Docker’s share of it with `docker system df`', 'images, volumes or logs?')
const space = check('the disks with `df -h`', 'what fills them?')

/** Alerts on the disk space of the store. */
export const spaceAlerts = (severity: Blind) => {
  const { LogStoreReadOnly } = alerts({
    LogStoreReadOnly: alert({
      when: max(store.vl_storage_is_read_only).eq(flag(1)),
      // longer than vlagent takes to be started again, and LogAgentDown fires on once it is
      keepFiringFor: '5m',
      severity,
      hidesLines: true,
      summary: 'the disk of VictoriaLogs is full: it takes no lines, and alerts on the log miss them',
      resolved: 'VictoriaLogs takes lines again',
      runbook: {
        cause:
          'Less than 10 MB of its disk are free, so the store only reads. vlagent keeps lines for it; if that is on the same disk, it exits once nothing at all is free, and continues where it stopped when it is started again. LogAgentDown is sent only if it does not answer once the store takes lines.',
        steps: [
          space,
          look(logPanels.free, 'since when?'),
          dockerSpace,
          check('the bot’s own log file', 'can it still write there?'),
          decide('Free some space, or lower `logs.retention` of the stack and run `make apply`.'),
          run('docker compose up -d vlagent', 'starts it again, if it exited'),
        ],
      },
    }),
  })
  return {
    LogStoreReadOnly,
    ...alerts({
      LogDiskAlmostFull: alert({
        when: min(store.vl_free_disk_space_bytes).lt(GiB(1)),
        for: '5m',
        severity: 'warning',
        cooldown: '1h',
        mutedBy: [LogStoreReadOnly],
        summary: (_, value) =>
          text`only ${value.iec} are free on the disk of VictoriaLogs, limit 1 GiB; below 10 MB it takes no lines`,
        resolved: 'more than 1 GiB is free again on the disk of VictoriaLogs',
        runbook: {
          cause:
            'The disk with the lines is almost full. Once it is, no line is stored, and alerts on the log go blind.',
          steps: [space, look(logPanels.free, 'since when does it fill?'), dockerSpace],
        },
      }),
      LogRetentionCut: alert({
        when: sum(store.vl_data_size_bytes).div(max(store.vl_max_disk_space_usage_bytes)).gt(percent(90)),
        for: '10m',
        severity: 'warning',
        cooldown: '24h',
        summary: (_, value) =>
          text`the log uses ${value.percent} of its disk space, limit 90 %: its oldest day will be deleted early`,
        resolved: 'the log uses less than 90 % of its disk space',
        runbook: {
          cause:
            'The bot logs more lines, or longer ones, than `logs.linesPerDay` of the stack and the declared fields say. Beyond the limit VictoriaLogs deletes the oldest day, although its retention has not passed.',
          steps: [
            look(logPanels.diskShare, 'how near is the limit?'),
            run('botwatch logs --since 1h', 'shows what is logged most'),
            decide('Raise `logs.linesPerDay` of the stack, which raises the limit, or shorten `logs.retention`.'),
          ],
        },
      }),
    }),
  }
}

export type Space = ReturnType<typeof spaceAlerts>

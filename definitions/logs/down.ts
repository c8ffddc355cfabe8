import { alert, alerts } from '../language/alert.ts'
import { check, decide, look, run } from '../language/runbook.ts'
import { flag } from '../language/unit.ts'
import { logPanels } from './dashboard.ts'
import { agentJob, evaluatorJob, storeJob, up } from './series.ts'
import type { Blind, Space } from './space.ts'

const isDown = (job: string, severity: Blind) =>
  ({
    when: up.where({ job }).eq(flag(0)),
    // a restart takes seconds
    for: '2m',
    severity,
    hidesLines: true,
  }) as const

/** Alerts on the programs that a log needs: each says what cannot be trusted until it answers. */
export const downAlerts = (severity: Blind, { LogStoreReadOnly }: Space) =>
  alerts({
    LogStoreDown: alert({
      ...isDown(storeJob, severity),
      // longer than what it mutes fires on once it is back
      keepFiringFor: '4m',
      summary: 'VictoriaLogs has not answered for two minutes: no alert on the log can fire, and no line can be read',
      resolved: 'VictoriaLogs answers again, and takes the lines that waited',
      runbook: {
        cause:
          'The store of the log is gone, hangs or is unreachable. The bot keeps writing, and vlagent keeps up to 1 GiB of lines until it is back. Until then no alert on lines can fire or is resolved, and panels of the log are empty.',
        steps: [
          run('docker compose up -d victoria-logs', 'starts it again'),
          check('the bot’s own log file', 'what the alerts on lines would have reported; it is complete'),
          look(logPanels.programs, 'which of the three are down?'),
          check('the log of the store with `docker compose logs --tail 50 victoria-logs`', 'why did it stop?'),
          check('the disks with `df -h`', 'is one full?'),
          decide(
            'Once it is back, alerts on lines look at their last window only: what happened before that is shown by `botwatch logs`, and reported by nothing.',
          ),
        ],
      },
    }),
    LogAgentDown: alert({
      ...isDown(agentJob, severity),
      // on a full disk it exits; if it is dead for another reason, that is reported once the store takes lines again
      mutedBy: [LogStoreReadOnly],
      summary:
        'vlagent has not answered for two minutes: lines do not reach the store, and alerts on the log miss them',
      resolved: 'vlagent answers again, and continues where it stopped',
      runbook: {
        cause:
          'The program that reads the bot’s log file is gone, hangs or is unreachable. Alerts that count lines stay silent, and alerts on their absence fire although the bot logs.',
        steps: [
          run('docker compose up -d vlagent', 'starts it again; it continues where it stopped'),
          check('the bot’s own log file', 'what the alerts on lines would have reported; it is complete'),
          look(logPanels.programs, 'which of the three are down?'),
          check('the log of vlagent with `docker compose logs --tail 50 vlagent`', 'why did it stop?'),
          decide(
            'If the file is rotated away before vlagent is back, its unread lines are lost: keep more rotated files until then.',
          ),
        ],
      },
    }),
    LogEvaluatorDown: alert({
      ...isDown(evaluatorJob, severity),
      summary: 'vmalert has not answered for two minutes: no alert on the log can fire, and none is resolved',
      resolved: 'vmalert answers again, and evaluates the alerts on the log',
      runbook: {
        cause:
          'The program that evaluates alerts on lines is gone, hangs or is unreachable. Lines are still stored, and panels of the log are right.',
        steps: [
          run('docker compose up -d vmalert', 'starts it again'),
          run('botwatch logs --level warn --since 1h', 'shows what its alerts would have reported'),
          check('the log of vmalert with `docker compose logs --tail 50 vmalert`', 'why did it stop?'),
          look(logPanels.programs, 'which of the three are down?'),
          decide('A restart begins each `for` of its alerts again.'),
        ],
      },
    }),
  })

export type Down = ReturnType<typeof downAlerts>

import { alert, alerts } from '../language/alert.ts'
import { missingLines } from '../language/lines.ts'
import { max, sum } from '../language/query/aggregate.ts'
import { not } from '../language/query/matcher.ts'
import { increase } from '../language/query/window.ts'
import { act, check, decide, look, run } from '../language/runbook.ts'
import { text } from '../language/text.ts'
import { flag } from '../language/unit.ts'
import { logPanels } from './dashboard.ts'
import type { Down } from './down.ts'
import { agent, fileWarnings, store, storeJob, takenInDay, up } from './series.ts'
import type { Blind, Space } from './space.ts'

/** Alerts on the way of a line from the bot's file to the store. */
export const wayAlerts = (
  severity: Blind,
  job: string,
  { LogStoreDown, LogAgentDown }: Down,
  { LogStoreReadOnly }: Space,
) => {
  const { LogFileUnreadable, LogLinesWaiting } = alerts({
    LogFileUnreadable: alert({
      // It tries every two seconds: a few failures are a file that was rotated meanwhile.
      when: sum(increase(fileWarnings, '3m')).gt(30),
      for: '1m',
      severity,
      hidesLines: true,
      summary: 'vlagent cannot open a file of the log: its lines reach neither the store nor an alert',
      resolved: 'vlagent can open every file of the log',
      runbook: {
        cause:
          'A file or folder of the log exists, but vlagent may not read it, or it is not a file. Alerts that count its lines stay silent.',
        steps: [
          check('the log of vlagent with `docker compose logs --tail 20 vlagent`', 'which file, and why?'),
          look(logPanels.files, 'since when?'),
          check('the owner and mode of that file with `ls -ln`', 'which group may read it?'),
          act('Set BOT_LOGS_GROUP in .env to the number of a group that may read it, and run `make up`.'),
          act('Until then, watch the bot’s own log file.'),
        ],
      },
    }),
    LogLinesWaiting: alert({
      // Each block that waits is tried again at least once a minute.
      when: sum(increase(agent.vlagent_remotewrite_retries_count_total, '5m'))
        .gt(0)
        .unless(sum(increase(agent.vlagent_remotewrite_blocks_sent_total, '5m')).gt(0)),
      for: '1m',
      keepFiringFor: '0s',
      severity,
      mutedBy: [LogStoreDown, LogStoreReadOnly],
      hidesLines: true,
      summary: 'the store has taken no line for five minutes: lines wait in vlagent, and alerts on the log miss them',
      resolved: 'the store takes lines again, or none waits',
      runbook: {
        cause:
          'vlagent has lines, but VictoriaLogs does not take them: it is down, its disk is full, or the network between them is broken. vlagent keeps up to 1 GiB; beyond that the oldest are lost.',
        steps: [
          check('the log of vlagent with `docker compose logs --tail 20 vlagent`', 'what does the store answer?'),
          look(logPanels.retries, 'does the store take any?'),
          run('docker compose up -d victoria-logs', 'starts the store, if it does not run'),
          check('the log of the store with `docker compose logs --tail 50 victoria-logs`', 'why does it refuse lines?'),
          act('Until then, watch the bot’s own log file: it is complete.'),
        ],
      },
    }),
  })
  return {
    LogFileUnreadable,
    LogLinesWaiting,
    ...alerts({
      LogSilent: alert({
        when: max(up.where({ job }))
          .eq(flag(1))
          .and(max(up.where({ job }).offset('6h')).eq(flag(1)))
          // otherwise nobody knows, and LogStoreDown says so
          .and(max(up.where({ job: storeJob })).eq(flag(1)))
          .unless(takenInDay.gt(0)),
        for: '5m',
        severity: 'warning',
        cooldown: '1h',
        mutedBy: [LogStoreDown, LogAgentDown, LogFileUnreadable, LogLinesWaiting],
        summary: 'the bot runs, but the store has taken no line for 24 hours, or none since it is monitored',
        resolved: 'a line has arrived in the store',
        runbook: {
          cause:
            'The bot writes its log elsewhere than where vlagent looks, or writes nothing. Alerts that count lines cannot fire.',
          steps: [
            look(logPanels.stored, 'when was the last line stored?'),
            check('LOGS in the environment of the bot, and BOT_LOGS in .env', 'do they name the same folder?'),
            check('that folder with `ls -l`', 'is there a `.jsonl` file, and when was it written?'),
            check('the clock and the zone of the `ts` fields in it', 'is the time of its last line right?'),
            decide(
              'If the bot may say nothing for a day, define an alert of this name with a condition of your own. If it says something regularly, alert on `lines(…).absent(…)`, which is much faster.',
            ),
          ],
        },
      }),
    }),
  }
}

/** Alerts on lines that are lost for good. */
export const lossAlerts = () =>
  alerts({
    LogLinesMissing: alert({
      when: missingLines('1h').gt(0),
      // after an outage the blocks of lines that waited come out of order
      for: '5m',
      severity: 'warning',
      summary: (_, value) =>
        text`${value} lines of the last hour are missing in the store: figures and alerts on them are too low`,
      resolved: 'of the lines of the last hour in the store, each has the next number',
      runbook: {
        cause:
          'Each line has a number in its run of the bot, and some between the first and the last are not in the store. VictoriaLogs was killed before its disk had them, as by a lack of memory or power, lines were dropped on the way, or a file was gone before vlagent had read it.',
        steps: [
          run('docker compose stop vlagent', 'it must not write how far it has read'),
          run(
            'docker compose run --rm --no-deps --entrypoint rm vlagent /var/tmp/vlagent/vlagent-file-checkpoints.json',
            'forgets how far it has read',
          ),
          run('docker compose start vlagent', 'reads all files again; no line counts twice'),
          look(logPanels.programs, 'was the store or vlagent restarted?'),
          check('how the store ended with `docker inspect` and `dmesg`', 'was it killed for lack of memory?'),
          check('the bot’s own log file with `botwatch verify --log FILE`', 'does it have those lines?'),
        ],
      },
    }),
    LogLinesLost: alert({
      when: sum(increase(agent.vm_persistentqueue_blocks_dropped_total, '10m'))
        .plus(sum(increase(agent.vlagent_remotewrite_packets_dropped_total, '10m')))
        .gt(0),
      severity: 'warning',
      hidesLines: true,
      summary: 'vlagent dropped lines of the log: figures and alerts on them are too low',
      resolved: 'vlagent has dropped no lines for 10 minutes; those before are not in the store',
      runbook: {
        cause:
          'The store was away for so long that the 1 GiB on vlagent’s disk was full, or it rejected lines for good. They are missing from the store, but not from the bot’s own file.',
        steps: [
          check(
            'the log of vlagent with `docker compose logs --tail 50 vlagent`',
            'is the queue full, or what was rejected?',
          ),
          look(logPanels.lost, 'how many, and when?'),
          run('docker compose up -d victoria-logs', 'starts the store, if it does not run'),
          act('Read what is missing in the bot’s own log file.'),
        ],
      },
    }),
    LogLinesRefused: alert({
      // of vlagent and of the store; `debug` drops lines on request
      when: sum(increase(store.vl_rows_dropped_total.where({ reason: not('debug') }), '10m'))
        .by('job', 'reason')
        .gt(0),
      severity: 'warning',
      hidesLines: true,
      summary: (l) => text`${l.job} refused lines of the log, which are lost (${l.reason})`,
      resolved: (l) => text`${l.job} has refused no line for 10 minutes; those before are lost (${l.reason})`,
      runbook: {
        cause:
          'too_small_timestamp: the line is older than the retention. too_big_timestamp: it is more than two days in the future. too_many_fields: it has more than a thousand fields. The runtime writes no such lines, unless the clock is wrong.',
        steps: [
          check('their logs with `docker compose logs --tail 50 vlagent victoria-logs`', 'which line is it?'),
          look(logPanels.refused, 'which program, and why?'),
          check('the clock of the bot’s machine with `date -u`', 'is it right?'),
          run('botwatch verify --log FILE', 'lists the lines of the bot’s file that are not as declared'),
          decide('A file that was put there later has old lines: then nothing is wrong.'),
        ],
      },
    }),
    LogLinesTooLong: alert({
      when: sum(increase(agent.vl_too_long_lines_skipped_total, '10m')).gt(0),
      severity: 'warning',
      summary: 'lines of the log were longer than 2 MiB and are lost',
      resolved: 'no line was too long for 10 minutes; those before are lost',
      runbook: {
        cause:
          'Something writes lines of more than 2 MiB into the log, such as a whole answer of the exchange. vlagent skips them; the runtime shortens texts, so they do not come from a declared event.',
        steps: [
          check('the log of vlagent with `docker compose logs --tail 20 vlagent`', 'which file?'),
          look(logPanels.tooLong, 'how many, and when?'),
          run('botwatch verify --log FILE', 'lists the lines of the bot’s file that are not as declared'),
          act('Shorten the text where it is logged.'),
        ],
      },
    }),
  })

import { alert, alerts, deviation, GiB, look, percent, seconds, text } from '../../language/index.ts'
import { system } from '../dashboards/system.ts'
import { down } from '../health/alerts.ts'
import { metrics } from '../series.ts'

/** The process of the bot. */
export const processAlerts = alerts({
  HighEventLoopLag: alert({
    when: metrics.event_loop_lag_seconds.gt(seconds(1.0)),
    for: '1m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): its event loop is late by ${value.duration}`,
    runbook: {
      said: 'asyncio event loop 스케줄링 지연 > 1초.',
      cause: 'The event loop runs what is due more than a second late: orders go out late too.',
      steps: [
        look(system.panels.eventLoopLag),
        look(system.panels.cpu, 'is the processor saturated?'),
        'Read the log for calls that block.',
        'Look at how long handlers take.',
      ],
    },
  }),
  HighMemoryUsage: alert({
    when: metrics.process_memory_rss_bytes.gt(GiB(2)),
    for: '5m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the process holds ${value.iec}`,
    runbook: {
      said: 'RSS 메모리 2GB 초과 (5분 지속).',
      cause: 'Resident memory is above 2 GB for five minutes.',
      steps: [
        look(system.panels.memory, 'a leak that climbs, or a spike?'),
        'Was a lot of data loaded?',
        'Consider to force a garbage collection.',
        look(system.panels.hostMemory, 'how much is left before the system kills it?'),
      ],
    },
    deviates: deviation(
      'mcbot_process_memory_rss_bytes > 2GB',
      '2GB is no number in PromQL, and the file does not load: 2 GiB are written in bytes.',
    ),
  }),
  HighFDCount: alert({
    when: metrics.process_open_fds.gt(1000),
    for: '2m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} file descriptors are open`,
    runbook: {
      cause: 'More than 1000 file descriptors are open: connections or files are opened and not closed.',
      steps: [
        look(system.panels.fds, 'does it climb, and how near is the limit?'),
        'List what is open with ls -l /proc/PID/fd of the bot: sockets, or files?',
        'Restart the bot at a quiet moment, before it can open no connection to the exchange.',
      ],
      deviates: deviation('no runbook for HighFDCount', 'An alert at night needs a next step: written here.'),
    },
  }),
  FDLimitNear: alert({
    when: metrics.process_open_fds.div(metrics.process_max_fds).gt(percent(80)),
    for: '2m',
    severity: 'critical',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value.percent} of its file descriptors are open`,
    runbook: {
      cause: 'The process is about to run out of file descriptors: then it can open no connection, and place no order.',
      steps: [
        look(system.panels.fdShare),
        look(system.panels.fds),
        'Restart the bot, after a look at its open orders.',
      ],
    },
    deviates: deviation(
      'mcbot_process_open_fds > 1000 whatever the limit',
      'Under a limit of 1024 a thousand is too late, under a million it is noise: the share of the limit is watched beside it.',
    ),
  }),
})

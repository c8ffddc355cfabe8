import { alert, alerts, deviation, GiB, look, percent, seconds, text } from '../../language/index.ts'
import { systemDashboard } from '../dashboards/system.ts'
import { downAlerts } from '../health/alerts.ts'
import { metrics } from '../series.ts'

/** The process of the bot. */
export const processAlerts = alerts({
  HighEventLoopLag: alert({
    when: metrics.event_loop_lag_seconds.gt(seconds(1.0)),
    for: '1m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): event loop lag is ${value.duration}`,
    resolved: (l) => text`${l.bot} (${l.env}): event loop lag is below the limit again`,
    runbook: {
      said: 'asyncio event loop 스케줄링 지연 > 1초.',
      cause: 'The event loop runs tasks more than a second late, so orders go out late too.',
      steps: [
        look(systemDashboard.panels.eventLoopLag),
        look(systemDashboard.panels.cpu, 'is the CPU saturated?'),
        'Look for blocking calls in the log.',
        'Check how long event handlers take.',
      ],
    },
  }),
  HighMemoryUsage: alert({
    when: metrics.process_memory_rss_bytes.gt(GiB(2)),
    for: '5m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): the process uses ${value.iec} of memory`,
    resolved: (l) => text`${l.bot} (${l.env}): memory is below the limit again`,
    runbook: {
      said: 'RSS 메모리 2GB 초과 (5분 지속).',
      cause: 'Resident memory (RSS) has been above 2 GiB for five minutes.',
      steps: [
        look(systemDashboard.panels.memory, 'a steady leak, or a spike?'),
        'Check whether a large amount of data was loaded.',
        'Consider forcing a garbage collection.',
        look(systemDashboard.panels.hostMemory, 'how much is left before the OOM killer steps in?'),
      ],
    },
    deviates: deviation(
      'mcbot_process_memory_rss_bytes > 2GB',
      '2GB is not a number in PromQL, and the file does not load: 2 GiB is written in bytes.',
    ),
  }),
  HighFDCount: alert({
    when: metrics.process_open_fds.gt(1000),
    for: '2m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value} file descriptors are open`,
    resolved: (l) => text`${l.bot} (${l.env}): the number of open file descriptors is below the limit again`,
    runbook: {
      cause: 'More than 1000 file descriptors are open: connections or files are probably opened and never closed.',
      steps: [
        look(systemDashboard.panels.fds, 'is it climbing, and how close is the limit?'),
        'List the open descriptors with ls -l /proc/PID/fd, with the PID of the bot: sockets, or files?',
        'Restart the bot at a quiet moment, before it can no longer connect to the exchange.',
      ],
      deviates: deviation('no runbook for HighFDCount', 'Every alert needs a next step, so one is added here.'),
    },
  }),
  FDLimitNear: alert({
    when: metrics.process_open_fds.div(metrics.process_max_fds).gt(percent(80)),
    for: '2m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown],
    summary: (l, value) => text`${l.bot} (${l.env}): ${value.percent} of the file descriptor limit is used`,
    resolved: (l) => text`${l.bot} (${l.env}): less than 80 % of the file descriptor limit is used again`,
    runbook: {
      cause:
        'The process is about to run out of file descriptors. Once it does, it can open no connections and place no orders.',
      steps: [
        look(systemDashboard.panels.fdShare),
        look(systemDashboard.panels.fds),
        'Check its open orders, then restart the bot.',
      ],
    },
    deviates: deviation(
      'mcbot_process_open_fds > 1000 whatever the limit',
      'With a limit of 1024 that is too late, with a limit of a million it is noise: the share of the limit has its own alert.',
    ),
  }),
})

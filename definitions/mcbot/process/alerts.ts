import {
  act,
  alert,
  alerts,
  check,
  decide,
  deviation,
  GiB,
  look,
  percent,
  seconds,
  text,
} from '../../language/index.ts'
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
    summary: (_, value) => text`event loop lag is ${value.duration}, limit 1 s`,
    resolved: 'event loop lag is below the limit again',
    runbook: {
      said: 'asyncio event loop 스케줄링 지연 > 1초.',
      cause: 'The event loop runs tasks more than a second late, so orders go out late too.',
      steps: [
        look(systemDashboard.panels.eventLoopLag),
        look(systemDashboard.panels.cpu, 'is the CPU saturated?'),
        look(systemDashboard.panels.queueDepth, 'do events wait for their handlers?'),
        look(systemDashboard.panels.handlerErrors, 'do handlers fail?'),
        check('the log', 'is there a blocking call?'),
      ],
    },
  }),
  HighMemoryUsage: alert({
    when: metrics.process_memory_rss_bytes.gt(GiB(2)),
    for: '5m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`the process uses ${value.iec} of memory, limit 2 GiB`,
    resolved: 'memory is below the limit again',
    runbook: {
      said: 'RSS 메모리 2GB 초과 (5분 지속).',
      cause: 'Resident memory (RSS) has been above 2 GiB for five minutes.',
      steps: [
        look(systemDashboard.panels.memory, 'a steady leak, or a spike?'),
        check('the log', 'was a large amount of data loaded?'),
        decide('Consider forcing a garbage collection.'),
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
    summary: (_, value) => text`${value} file descriptors are open, limit 1000`,
    resolved: 'the number of open file descriptors is below the limit again',
    runbook: {
      cause: 'More than 1000 file descriptors are open: connections or files are probably opened and never closed.',
      steps: [
        look(systemDashboard.panels.fds, 'is it climbing, and how close is the limit?'),
        check('the open descriptors with `ls -l /proc/PID/fd`, with the PID of the bot', 'sockets, or files?'),
        decide('Restart the bot at a quiet moment, before it can no longer connect to the exchange.'),
      ],
      deviates: deviation('no runbook for HighFDCount', 'Every alert needs a next step, so one is added here.'),
    },
  }),
  FDLimitNear: alert({
    when: metrics.process_open_fds.div(metrics.process_max_fds).gt(percent(80)),
    for: '2m',
    severity: 'critical',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text`${value.percent} of the file descriptor limit is used (alert above 80 %)`,
    resolved: 'less than 80 % of the file descriptor limit is used again',
    runbook: {
      cause:
        'The process is about to run out of file descriptors. Once it does, it can open no connections and place no orders.',
      steps: [
        act('Note its open orders at the exchange, then restart the bot.'),
        check('positions and open orders at the exchange itself'),
        look(systemDashboard.panels.fdShare),
        look(systemDashboard.panels.fds),
      ],
    },
    deviates: deviation(
      'mcbot_process_open_fds > 1000 whatever the limit',
      'With a limit of 1024 that is too late, with a limit of a million it is noise: the share of the limit has its own alert.',
    ),
  }),
})

import { node } from '../exporters/node.ts'
import { alertStates, prometheus, scrape } from '../exporters/scrape.ts'
import { bot, stack } from '../language/index.ts'
import { watchdogMetrics } from '../language/metrics.ts'
import { booksAlerts, reconciliationAlerts, staleAlerts } from './account/books.ts'
import { moneyAlerts } from './account/money.ts'
import { peakAlerts } from './account/peak.ts'
import { riskAlerts } from './account/risk.ts'
import { log } from './dashboards/log.ts'
import { monitor } from './dashboards/monitor.ts'
import { day } from './day.ts'
import { deviations } from './deviations.ts'
import { banAlerts } from './exchange/ban.ts'
import { apiErrorAlerts } from './exchange/errors.ts'
import { glossary } from './glossary.ts'
import { downAlerts } from './health/down.ts'
import { heartbeatAlerts, heartbeatLineAlerts } from './health/heartbeat.ts'
import { restartLoopAlerts } from './health/restart-loop.ts'
import { events } from './log-events.ts'
import { botMetrics } from './metrics.ts'
import { fillAlerts } from './orders/fills.ts'
import { tradingAlerts } from './orders/trading.ts'
import { endlessAlerts, unresolvedAlerts } from './orders/unresolved.ts'
import { recordingRules } from './records.ts'
import { restartAlerts } from './restarts/alerts.ts'
import { scenarios } from './scenarios.ts'
import { job, watchdogJob } from './series.ts'
import { watcherAlerts } from './watchers/alerts.ts'

const both = ['telegram', 'discord'] as const
const everything = { critical: both, warning: both, info: both }

/** The bot of the log pipeline: structured logs next to metrics. */
export const tradingbot = bot({
  name: 'tradingbot',
  title: 'Trading Bot',
  description: 'A bot that trades USDT-margined futures, with a structured log next to its metrics.',
  metrics: botMetrics,
  exporters: [
    { job, metrics: scrape },
    { job: watchdogJob, metrics: watchdogMetrics },
    { job: watchdogJob, metrics: scrape },
    { job: 'prometheus', metrics: prometheus },
    { job: 'prometheus', metrics: alertStates },
    { job: 'node-exporter', metrics: node },
  ],
  events,
  records: [recordingRules],
  alerts: [
    downAlerts,
    heartbeatAlerts,
    banAlerts,
    moneyAlerts,
    peakAlerts,
    booksAlerts,
    staleAlerts,
    unresolvedAlerts,
    endlessAlerts,
    restartLoopAlerts,
    restartAlerts,
    apiErrorAlerts,
    fillAlerts,
    tradingAlerts,
    reconciliationAlerts,
    riskAlerts,
    heartbeatLineAlerts,
    watcherAlerts,
  ],
  dashboards: { monitor, log },
  environments: { paper: { tell: everything }, live: { tell: everything } },
  // HeartbeatMissed is on the phone by then
  watchdog: { port: 9101, silent: '4m' },
  day,
  glossary,
  scenarios,
  deviations,
  stack: stack({
    project: 'botwatch-tradingbot',
    ports: { bot: 8200, prometheus: 9290, alertmanager: 9293, relay: 9295, grafana: 3200, nodeExporter: 9120 },
  }),
})

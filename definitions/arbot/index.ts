import { node } from '../exporters/node.ts'
import { alertStates, prometheus, scrape } from '../exporters/scrape.ts'
import { allow, bot, stack } from '../language/index.ts'
import { watchdogMetrics } from '../language/metrics.ts'
import { liquidationAlerts } from './account/liquidation.ts'
import { moneyAlerts } from './account/money.ts'
import { bookAlerts, exposureAlerts } from './books/alerts.ts'
import { exchanges } from './dashboards/exchanges.ts'
import { overview } from './dashboards/overview.ts'
import { risk } from './dashboards/risk.ts'
import { system } from './dashboards/system.ts'
import { day } from './day.ts'
import { deviations } from './deviations.ts'
import { banAlerts } from './exchange/ban.ts'
import { connectionAlerts } from './exchange/connection.ts'
import { latencyAlerts } from './exchange/latency.ts'
import { limitAlerts } from './exchange/limits.ts'
import { glossary } from './glossary.ts'
import { downAlerts } from './health/down.ts'
import { breakerAlerts, errorAlerts } from './health/errors.ts'
import { heartbeatAlerts, heartbeatLineAlerts } from './health/heartbeat.ts'
import { restartLoopAlerts } from './health/restart-loop.ts'
import { legAlerts } from './legs/failures.ts'
import { unhedgedAlerts } from './legs/unhedged.ts'
import { events } from './log-events.ts'
import { botMetrics } from './metrics.ts'
import { rateAlerts } from './rates/alerts.ts'
import { recordingRules } from './records.ts'
import { restartAlerts } from './restarts/alerts.ts'
import { scenarios } from './scenarios.ts'
import { job, watchdogJob } from './series.ts'
import { signalAlerts } from './signals/alerts.ts'
import { watcherAlerts } from './watchers/alerts.ts'

/** ArBot: arbitrage between exchanges. */
export const arbot = bot({
  name: 'arbot',
  title: 'ArBot',
  description: 'A bot that trades price differences between exchanges.',
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
    connectionAlerts,
    breakerAlerts,
    moneyAlerts,
    unhedgedAlerts,
    exposureAlerts,
    bookAlerts,
    liquidationAlerts,
    rateAlerts,
    legAlerts,
    restartLoopAlerts,
    restartAlerts,
    errorAlerts,
    latencyAlerts,
    limitAlerts,
    signalAlerts,
    heartbeatLineAlerts,
    watcherAlerts,
  ],
  dashboards: { overview, exchanges, risk, system },
  environments: {
    paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } },
    live: { tell: { critical: ['telegram', 'discord'], warning: ['discord'], info: ['discord'] } },
  },
  allow: [
    allow('BW612', {
      reason:
        'In paper no money is at risk. In live every critical alert reaches both channels; a warning can wait until somebody looks at the dashboards.',
    }),
  ],
  // HeartbeatMissed is on the phone by then
  watchdog: { port: 9102, silent: '2m' },
  day,
  glossary,
  scenarios,
  deviations,
  stack: stack({
    project: 'botwatch-arbot',
    ports: { bot: 8100, prometheus: 9190, alertmanager: 9193, relay: 9195, grafana: 3100, nodeExporter: 9110 },
    scrape: { bot: '5s', exporters: '15s' },
    evaluate: '5s',
  }),
})

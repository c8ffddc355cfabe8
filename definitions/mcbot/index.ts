import { node } from '../exporters/node.ts'
import { relay } from '../exporters/relay.ts'
import { alertStates, prometheus, scrape } from '../exporters/scrape.ts'
import { allow, bot, deviation, stack } from '../language/index.ts'
import { anomalyAlerts, decayWarningAlerts, driftAlerts, gbmAlerts } from './anomaly/alerts.ts'
import { exchangeDashboard as exchangeBoard } from './dashboards/exchange.ts'
import { executionDashboard as executionBoard } from './dashboards/execution.ts'
import { regimeDashboard } from './dashboards/regime.ts'
import { strategyDashboard } from './dashboards/strategy.ts'
import { systemDashboard } from './dashboards/system.ts'
import { tradingDashboard } from './dashboards/trading.ts'
import { day } from './day.ts'
import { exchangeAlerts, unhealthyAlerts } from './exchange/alerts.ts'
import { banAlerts, limitAlerts } from './exchange/limit-alerts.ts'
import { outageAlerts } from './exchange/outage.ts'
import { executionAlerts, rejectionAlerts } from './execution/alerts.ts'
import { glossary } from './glossary.ts'
import { downAlerts, healthAlerts, stuckAlerts } from './health/alerts.ts'
import { breakerAlerts } from './health/breaker-alerts.ts'
import { errorAlerts } from './health/errors.ts'
import { botMetrics } from './metrics.ts'
import { onchainAlerts } from './onchain/alerts.ts'
import { dailyLossAlerts, drawdownAlerts, leverageAlerts, positionAlerts } from './position/alerts.ts'
import { liquidationAlerts, marginRatioAlerts } from './position/liquidation-alerts.ts'
import { peakAlerts } from './position/peak-alerts.ts'
import { processAlerts } from './process/alerts.ts'
import { recordingRules } from './records.ts'
import { scenarios } from './scenarios.ts'
import { watcherAlerts } from './watchers/alerts.ts'

/** MC Coin Bot: a trading bot for perpetual contracts on Binance. */
export const mcbot = bot({
  name: 'mcbot',
  title: 'MC Coin Bot',
  description: 'A bot that trades perpetual contracts on Binance with several strategies.',
  metrics: botMetrics,
  exporters: [
    { job: 'mcbot', metrics: scrape },
    { job: 'prometheus', metrics: prometheus },
    { job: 'prometheus', metrics: alertStates },
    { job: 'relay', metrics: relay },
    { job: 'node-exporter', metrics: node },
  ],
  records: [recordingRules],
  alerts: [
    downAlerts,
    stuckAlerts,
    outageAlerts,
    breakerAlerts,
    healthAlerts,
    banAlerts,
    errorAlerts,
    unhealthyAlerts,
    exchangeAlerts,
    limitAlerts,
    executionAlerts,
    rejectionAlerts,
    drawdownAlerts,
    dailyLossAlerts,
    leverageAlerts,
    liquidationAlerts,
    marginRatioAlerts,
    positionAlerts,
    peakAlerts,
    processAlerts,
    anomalyAlerts,
    decayWarningAlerts,
    driftAlerts,
    gbmAlerts,
    onchainAlerts,
    watcherAlerts,
  ],
  dashboards: {
    trading: tradingDashboard,
    strategy: strategyDashboard,
    execution: executionBoard,
    exchange: exchangeBoard,
    system: systemDashboard,
    regime: regimeDashboard,
  },
  environments: {
    paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } },
    live: { tell: { critical: ['telegram', 'discord'], warning: ['telegram', 'discord'], info: ['discord'] } },
  },
  allow: [
    allow('BW612', {
      reason:
        'In paper no money is at risk, so one channel is enough there; in live every critical and warning alert reaches both.',
    }),
  ],
  day,
  glossary,
  scenarios,
  stack: stack({
    project: 'botwatch-mcbot',
    ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, relay: 9095, grafana: 3000, nodeExporter: 9100 },
  }),
  deviations: [
    deviation(
      'a bot that runs trades: nothing is between started and ready',
      'It loads history and connects for minutes, and alerts on its figures are held back meanwhile. One that is not ready in time may hold positions that nothing manages, so WarmUpTooLong is critical.',
    ),
    deviation(
      'alerts.yml has 13 rules in the diagram and the file tree, 17 in the table',
      'People read the table, and the runbooks follow it: all 17 rules are kept, and the missing ones added.',
    ),
    deviation(
      'Alertmanager is in the diagram, but in neither the compose file nor prometheus.yml',
      'Without it no alert notifies anyone: it is a service, prometheus.yml points to it, and it has a configuration.',
    ),
    deviation(
      'severity is upper case in the table and lower case in the file',
      'One spelling, lower case: routes match on it.',
    ),
    deviation('Grafana admin / admin', 'A default password is an open door: `make up` writes a random one to .env.'),
    deviation(
      'the local check calls localhost:8000 and localhost:9090, which compose does not publish',
      'Both are published, on the loopback address only.',
    ),
    deviation(
      'the compose service mc-bot',
      'Two services replace it, and only one of them runs: paper-bot until .env names the real bot, then bot, from the image in BOT_IMAGE. On the network of the stack both are reachable as bot.',
    ),
    deviation(
      'returns over 30 and 180 days, but the default retention of 15 days',
      'Samples are kept for 90 days; the bot computes whatever looks further back.',
    ),
    deviation(
      'the Execution Anomaly Detector has no metric',
      'Its inputs are measured (latency, rejections, also in a row, fills, slippage); the detector itself comes with the detectors.',
    ),
  ],
})

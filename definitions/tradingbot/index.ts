import { bot, stack } from '../language/index.ts'
import { orders } from './alerts.ts'
import { monitor } from './dashboard.ts'
import { events } from './log-events.ts'
import { botMetrics } from './metrics.ts'
import { restarts, watchdogExporters } from './watchdog.ts'

/** The bot of the log pipeline: structured logs next to metrics. */
export const tradingbot = bot({
  name: 'tradingbot',
  title: 'Trading Bot',
  description: 'A bot whose structured log is collected, searched and shown next to its metrics.',
  metrics: botMetrics,
  exporters: watchdogExporters,
  events,
  alerts: [orders, restarts],
  dashboards: { monitor },
  environments: {
    paper: { tell: { critical: ['telegram'], warning: ['telegram'], info: ['telegram'] } },
    live: { tell: { critical: ['telegram', 'discord'], warning: ['telegram', 'discord'], info: ['telegram'] } },
  },
  watchdog: { port: 9101 },
  day: { startsAt: '00:00', timeZone: 'UTC' },
  stack: stack({
    project: 'botwatch-tradingbot',
    ports: { bot: 8200, prometheus: 9290, alertmanager: 9293, relay: 9295, grafana: 3200, nodeExporter: 9120 },
  }),
})

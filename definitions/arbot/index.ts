import { bot, stack } from '../language/index.ts'
import { exchanges } from './alerts.ts'
import { overview } from './dashboard.ts'
import { botMetrics } from './metrics.ts'

/** ArBot: arbitrage between exchanges, with alerts evaluated by Grafana. */
export const arbot = bot({
  name: 'arbot',
  title: 'ArBot',
  description: 'A bot that trades price differences between exchanges.',
  metrics: botMetrics,
  alerts: [exchanges],
  alertsManagedBy: 'grafana',
  dashboards: { overview },
  environments: {
    paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } },
    live: { tell: { critical: ['telegram', 'discord'], warning: ['discord'], info: ['discord'] } },
  },
  day: { startsAt: '00:00', timeZone: 'UTC' },
  stack: stack({
    project: 'botwatch-arbot',
    ports: { bot: 8100, prometheus: 9190, alertmanager: 9193, relay: 9195, grafana: 3100, nodeExporter: 9110 },
    scrape: { bot: '5s' },
  }),
})

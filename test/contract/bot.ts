import {
  type Bot,
  bot,
  dashboard,
  type FixedTarget,
  increase,
  series,
  stack,
  sum,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, counter, gauge, oneOf, open } from '../../definitions/language/metrics.ts'

/** The bot's metrics, few enough that the sample limit is easily reached. */
export const limitedMetrics = catalogue('lt', {
  fills_total: counter({ help: 'Fills.', labels: { symbol: open({ max: 2 }), side: oneOf('buy', 'sell') } }),
  equity: gauge({ help: 'Value of the portfolio.', mustBeSetWithin: '5m' }),
})
const metrics = series(limitedMetrics)

/** A bot that is scraped every second, with full monitoring of its contract. */
export const limitedBot = (targets: readonly FixedTarget[] = []): Bot =>
  bot({
    name: 'lt',
    title: 'Limited',
    description: 'A bot for tests.',
    metrics: limitedMetrics,
    alerts: [],
    dashboards: {
      overview: dashboard({
        title: 'Overview',
        panels: {
          equity: timeseries({ title: 'Equity', show: metrics.equity }),
          fills: timeseries({ title: 'Fills', show: sum(increase(metrics.fills_total, '5m')).by('symbol') }),
        },
      }),
    },
    environments: { paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } } },
    targets,
    day: { startsAt: '00:00', timeZone: 'UTC' },
    stack: stack({
      project: 'lt',
      ports: { bot: 18300, prometheus: 19390, alertmanager: 19393, relay: 19395, grafana: 13300, nodeExporter: 19300 },
      scrape: { bot: '1s' },
    }),
  })

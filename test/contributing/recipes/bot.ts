import type { Recipe } from '../recipe.ts'

/** A bot with one metric of its own, the alerts that every bot needs, one dashboard, and cases for its alerts. */
export const tinyBot: Recipe = {
  edits: [
    {
      file: 'definitions/tiny/metrics.ts',
      create: `import { catalogue, gauge, usdt } from '../language/metrics.ts'

export const botMetrics = catalogue('tiny', {
  equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt, mustBeSetWithin: '5m' }),
})
`,
    },
    {
      file: 'definitions/tiny/dashboard.ts',
      create: `import { dashboard, series, stat } from '../language/index.ts'
import { botMetrics } from './metrics.ts'

export const metrics = series(botMetrics)

export const overview = dashboard({
  title: 'Overview',
  panels: { equity: stat({ title: 'Equity', show: metrics.equity_usdt }) },
})
`,
    },
    {
      file: 'definitions/tiny/alerts.ts',
      create: `import { scrape } from '../exporters/scrape.ts'
import { absence, act, alert, alerts, flag, look, series, text, usdt } from '../language/index.ts'
import { metrics, overview } from './dashboard.ts'

const scraped = series(scrape)
const runbook = { cause: 'The bot is gone.', steps: [act('Start it.')] } as const

const downAlerts = alerts({
  BotDown: alert({
    when: scraped.up.where({ job: 'tiny' }).eq(flag(0)),
    for: '30s',
    severity: 'critical',
    summary: 'the bot is down',
    runbook,
  }),
  BotAbsent: absence({ of: scraped.up, severity: 'critical', summary: 'the bot is not scraped', runbook }),
})

const equityAlerts = alerts({
  EquityLow: alert({
    when: metrics.equity_usdt.lt(usdt(100)),
    for: '2m',
    severity: 'warning',
    mutedBy: [downAlerts.BotDown],
    summary: (_, value) => text\`the equity is \${value}, limit 100 USDT\`,
    runbook: { cause: 'Little is left.', steps: [look(overview.panels.equity, 'since when?'), act('Stop the bot.')] },
  }),
})

export const tinyAlerts = [downAlerts, equityAlerts]
`,
    },
    {
      file: 'definitions/tiny/index.ts',
      create: `import { scrape } from '../exporters/scrape.ts'
import { allow, bot, stack } from '../language/index.ts'
import { tinyAlerts } from './alerts.ts'
import { overview } from './dashboard.ts'
import { botMetrics } from './metrics.ts'

/** The smallest bot. */
export const tiny = bot({
  name: 'tiny',
  title: 'Tiny Bot',
  description: 'A bot with one metric.',
  metrics: botMetrics,
  exporters: [{ job: 'tiny', metrics: scrape }],
  alerts: tinyAlerts,
  dashboards: { overview },
  environments: { paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } } },
  day: { startsAt: '00:00', timeZone: 'UTC' },
  stack: stack({
    project: 'botwatch-tiny',
    ports: { bot: 18000, prometheus: 19090, alertmanager: 19093, relay: 19095, grafana: 13000, nodeExporter: 19100 },
  }),
  allow: [allow('BW612', { reason: 'It has no money.' })],
})
`,
    },
    {
      file: 'test/alerts/tiny/index.ts',
      create: `import { type Proofs, scrapedTarget } from '../case.ts'

const target = scrapedTarget('tiny')
const critical = { ...target, severity: 'critical' }

/** What proves each alert of tiny. */
export const proofs: Proofs = Object.freeze({
  BotDown: {
    fires: {
      'it does not answer': {
        given: { up: '1x7 0x31 1x19' },
        from: '2m30s',
        to: '11m',
        labels: critical,
        says: 'the bot is down',
      },
    },
    silent: { 'it is restarted': { up: '1x7 0x1 1x40' } },
    healthy: { up: '1x60' },
  },
  BotAbsent: {
    fires: {
      'it is gone from the targets': {
        given: { up: '1x7 stale _x60' },
        from: '2m',
        to: '17m15s',
        labels: { bot: 'tiny', env: 'paper', job: 'tiny', severity: 'critical' },
        says: 'the bot is not scraped',
      },
    },
    silent: { 'it is down': { up: '0x60' } },
    healthy: { up: '1x60' },
  },
  EquityLow: {
    fires: {
      'less than 100 USDT is left': {
        given: { tiny_equity_usdt: '200x7 99x31 200x19' },
        from: '4m',
        to: '11m',
        labels: { ...target, severity: 'warning' },
        says: 'the equity is 99.00 USDT, limit 100 USDT',
      },
    },
    silent: {
      'at the limit': { tiny_equity_usdt: '200x7 100x60' },
      'for less than two minutes': { tiny_equity_usdt: '200x7 99x7 200x40' },
    },
    healthy: { tiny_equity_usdt: '200x60' },
  },
})
`,
    },
    { file: 'definitions/index.ts', replace: '[mcbot, tradingbot, arbot]', by: '[mcbot, tradingbot, arbot, tiny]' },
    { file: 'definitions/index.ts', before: '\n/** All bots', insert: "import { tiny } from './tiny/index.ts'\n" },
  ],
  generated: {
    'out/tiny/docker-compose.yaml': /name: botwatch-tiny/,
    'out/tiny/contract.json': /"tiny_equity_usdt"/,
  },
  tests: ['test/alerts/alerts.test.ts', 'test/definitions/messages.test.ts', 'test/invariants/exports.test.ts'],
  only: ['every bot in definitions/index.ts has a folder of cases', 'tiny: ', 'I13: only entry points'],
}

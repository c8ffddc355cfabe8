import { scrape } from '../../definitions/exporters/scrape.ts'
import {
  absence,
  alert,
  alerts,
  type Bot,
  bot,
  dashboard,
  type FixedTarget,
  increase,
  look,
  max,
  promql,
  type Runbook,
  ratio,
  record,
  records,
  run,
  series,
  stack,
  sum,
  text,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, counter, flag, gauge, open, usdt } from '../../definitions/language/metrics.ts'

const declared = catalogue('acc', {
  orders_failed_total: counter({ help: 'Orders that failed.', labels: { symbol: open({ max: 5 }) } }),
  equity_usdt: gauge({ help: 'Value of the portfolio.', unit: usdt }),
  limit_usdt: gauge({ help: 'How much may be at stake.', unit: usdt }),
})
const metrics = series(declared)
const scraped = series(scrape)
const recorded = records('acc', {
  failed_hour: record({ help: 'Orders that failed in an hour.', of: sum(increase(metrics.orders_failed_total, '1h')) }),
})
const board = dashboard({
  title: 'Orders',
  panels: {
    failed: timeseries({ title: 'Failed', show: recorded.failed_hour.series }),
    symbols: timeseries({
      title: 'Symbols',
      show: sum(increase(metrics.orders_failed_total, '1h')).by('symbol'),
    }),
    everywhere: timeseries({ title: 'Everywhere', show: max(metrics.equity_usdt).across('env') }),
    rest: timeseries({ title: 'Rest', show: sum(metrics.equity_usdt).without('instance') }),
    door: timeseries({
      title: 'Door',
      show: promql`sum by (bot, env) (${metrics.equity_usdt}) / max by (bot, env) (${metrics.limit_usdt})`.as(ratio, [
        'bot',
        'env',
      ]),
    }),
    machine: timeseries({ title: 'Machine', show: scraped.up.where({ job: 'node-exporter' }) }),
  },
})
const short: Runbook = { cause: 'It is as it says.', steps: ['Look.'] }
const down = alerts({
  BotDown: alert({
    when: scraped.up.where({ job: 'acc' }).eq(flag(0)),
    for: '1m',
    keepFiringFor: '0s',
    severity: 'critical',
    summary: (l) => text`${l.bot} (${l.env}) does not answer`,
    runbook: { ...short, steps: [run('docker compose ps')] },
  }),
  BotAbsent: absence({
    of: scraped.up,
    for: '2m',
    severity: 'critical',
    summary: (l) => text`nobody asks ${l.bot} (${l.env})`,
    runbook: short,
  }),
})
const trading = alerts({
  OrdersFail: alert({
    when: sum(increase(metrics.orders_failed_total, '5m')).by('symbol').gt(10),
    for: '1m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${value} orders for ${l.symbol} failed`,
    runbook: { cause: 'Orders fail.', steps: [look(board.panels.symbols)] },
  }),
  LimitNear: alert({
    when: sum(metrics.equity_usdt).on('bot', 'env').gt(max(metrics.limit_usdt)),
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: 'Too much is at stake.',
    runbook: short,
  }),
  EquityLow: alert({
    when: sum(metrics.equity_usdt).lt(usdt(100)),
    for: '2h',
    severity: 'warning',
    summary: 'There is little left.',
    runbook: short,
  }),
})

/** Two accounts of one bot, each a process of the same name. */
export const twoAccounts: readonly FixedTarget[] = [
  { env: 'live', instance: 'acc', address: 'one:8000', labels: { account: 'main' } },
  { env: 'live', instance: 'acc', address: 'two:8000', labels: { account: 'sub' } },
]

/** A bot that trades for several accounts, small enough that its files can be read whole. */
export const accountsBot = (targets: readonly FixedTarget[] = twoAccounts): Bot =>
  bot({
    watchContract: false,
    name: 'acc',
    title: 'Accounts',
    description: 'A bot that trades for several accounts.',
    metrics: declared,
    exporters: [
      { job: 'acc', metrics: scrape },
      { job: 'node-exporter', metrics: { up: scrape.up } },
    ],
    records: [recorded],
    alerts: [down, trading],
    dashboards: { orders: board },
    environments: { live: { tell: { critical: ['telegram'], warning: ['discord'], info: [] } } },
    targets,
    day: { startsAt: '00:00', timeZone: 'UTC' },
    stack: stack({
      project: 'accounts',
      ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, grafana: 3000, nodeExporter: 9100 },
    }),
  })

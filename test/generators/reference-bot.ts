import { scrape } from '../../definitions/exporters/scrape.ts'
import {
  absence,
  ageOf,
  alert,
  alerts,
  bot,
  dashboard,
  deviation,
  histogram_quantile,
  increase,
  labelValues,
  logs,
  look,
  note,
  perMinute,
  promql,
  rate,
  record,
  records,
  run,
  series,
  stack,
  stat,
  sum,
  text,
  timeseries,
  watchdog,
} from '../../definitions/language/index.ts'
import {
  age,
  bps,
  catalogue,
  counter,
  flag,
  gauge,
  histogram,
  hours,
  info,
  logEvent,
  logEvents,
  numberField,
  oneOf,
  open,
  stateSet,
  stringField,
  timestamp,
  usdt,
} from '../../definitions/language/metrics.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const symbol = open({ max: 2 })
const side = oneOf('sell', 'buy')

/** One metric of every kind, with words that Markdown would take for markup. */
export const declared = catalogue('rb', {
  fills_total: counter({
    help: 'Fills <b>received</b> | counted once.',
    labels: { symbol, side },
    deviates: deviation('rb_fills', 'A counter ends in _total.'),
  }),
  pnl_usdt: gauge({ help: 'Profit or loss.', unit: usdt, initially: 0 }),
  slippage_bps: histogram({ help: 'Slippage.', unit: bps, labels: { symbol }, buckets: [-10, 0, 10] }),
  fetched_timestamp: gauge({ help: 'When it last fetched.', unit: timestamp, additive: false }),
  bar_age_seconds: age({ help: 'Since the last bar.', labels: { symbol } }),
  info: info({ help: 'What runs.', labels: { version: open({ max: 2 }) } }),
  mode: stateSet({ help: 'Mode of trading.', states: ['paper', 'live'] }),
})
const metrics = series(declared)
const scraped = series(scrape)

const recorded = records('rb', {
  fills_1h: record({ help: 'Fills of an hour.', of: sum(increase(metrics.fills_total, '1h')).by('symbol') }),
})
const { orderFailed } = logEvents({
  orderFailed: logEvent({
    help: 'An order failed.',
    level: 'error',
    fields: { reason: stringField, amount: numberField(usdt), side },
    deviates: deviation('logs are prose', 'Prose cannot be counted.'),
  }),
})

const panels = dashboard({
  title: 'Orders & fills',
  description: 'What is traded.',
  variables: { symbol: labelValues(metrics.fills_total, 'symbol', 'Symbol') },
  panels: {
    fills: timeseries({
      title: 'Fills | an hour',
      description: 'Bought and sold.',
      show: {
        bought: sum(increase(metrics.fills_total.where({ side: ['buy', 'sell'] }), '1h')).by('symbol'),
        kept: recorded.fills_1h.series,
      },
      emptyMeans: 'nothing was traded',
    }),
    slippage: timeseries({
      title: 'Slippage, p95',
      show: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol')),
      deviates: deviation('a bare histogram', 'It has no series of that name.'),
    }),
    money: stat({ title: 'PnL', show: promql`rb_pnl_usdt * 1`.as(usdt, []) }),
    failures: logs({ title: 'Failures', events: [orderFailed] }),
  },
  rows: { Orders: ['fills', 'slippage'], Money: ['money', 'failures'] },
})

const down = alerts({
  BotDown: alert({
    when: scraped.up.where({ job: 'rb' }).eq(flag(0)),
    for: '1m',
    keepFiringFor: '0s',
    severity: 'critical',
    summary: (l) => text`${l.bot} (${l.env}) is down`,
    runbook: {
      cause: 'The process is gone.',
      steps: [run('docker compose ps \\\n  --all'), 'Look *at the exchange*.'],
      deviates: deviation('no runbook', 'An alert needs one.'),
    },
  }),
  BotAbsent: absence({
    of: scraped.up,
    severity: 'critical',
    summary: 'Nobody asks it.',
    runbook: { cause: 'It is no target.', steps: ['Look at the target list.'] },
  }),
})
const trading = alerts({
  HighSlippage: alert({
    when: histogram_quantile(0.95, sum(rate(metrics.slippage_bps, '1h')).by('symbol', 'instance'))
      .gt(bps(20))
      .and(sum(increase(metrics.slippage_bps.count, '1h')).by('symbol', 'instance').gte(10)),
    for: '5m',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: (l, value) => text`${l.symbol} of ${l.bot} costs ${value.bps}`,
    runbook: {
      said: '체결가가 20bp 이상 차이.',
      cause: 'Fills cost more than 20 bp.',
      steps: [
        look(panels.panels.slippage, 'one symbol, or all?'),
        look(panels.panels.fills),
        note`Compare with ${metrics.fills_total}: did it trade?`,
        run('/kill', 'closes all positions'),
      ],
    },
    deviates: deviation('slippage_bps > 20 | for all', 'A histogram has no series of that bare name.'),
  }),
  DataStale: alert({
    when: ageOf(metrics.fetched_timestamp).gt(hours(48)),
    for: '1h',
    severity: 'warning',
    mutedBy: [down.BotDown],
    summary: 'Data is old.',
    runbook: { cause: 'Nothing was fetched for two days.', steps: ['Fetch by hand.'] },
  }),
  NoFills: alert({
    when: sum(rate(metrics.fills_total, '30m')).by().lt(perMinute(1)),
    severity: 'info',
    summary: (l) => text`${l.bot} does not trade`,
    runbook: { cause: 'The market is quiet.', steps: ['Wait.'] },
  }),
  Watchdog: watchdog({
    summary: 'All is well.',
    runbook: { cause: 'It always fires.', steps: ['Nothing.'] },
    remindEvery: '1m',
  }),
})

/** A bot with one of everything that the pages about a bot have to show. */
export const referenceBot = bot({
  watchContract: false,
  name: 'rb',
  title: 'Reference Bot',
  description: 'A bot to read about.',
  metrics: declared,
  exporters: [{ job: 'rb', metrics: { up: scrape.up } }],
  events: { orderFailed },
  records: [recorded],
  alerts: [down, trading],
  dashboards: { orders: panels },
  environments: {
    paper: { tell: { critical: ['discord'], warning: ['discord'], info: [] } },
    live: { tell: { critical: ['telegram', 'discord'], warning: ['discord'], info: [] } },
  },
  targets: [{ env: 'live', instance: 'fra', address: '10.0.0.1:8000', labels: { region: 'eu' } }],
  day: { startsAt: '09:00', timeZone: 'Asia/Seoul' },
  stack: stack({
    project: 'rb',
    ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, grafana: 3001, nodeExporter: 9100 },
  }),
  deviations: [deviation('admin / admin', 'A default password is an open door.')],
})

/** What follows from it. */
export const referenceModel = resolve(referenceBot, container).model

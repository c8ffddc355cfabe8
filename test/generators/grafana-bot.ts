import { node } from '../../definitions/exporters/node.ts'
import { firing, scrape } from '../../definitions/exporters/scrape.ts'
import {
  ageOf,
  alert,
  alerts,
  auto,
  barGauge,
  bot,
  count,
  dashboard,
  gauge as dial,
  type FixedTarget,
  heatmap,
  histogram_quantile,
  increase,
  labelValues,
  logs,
  look,
  markdown,
  pie,
  promql,
  type Runbook,
  rate,
  ratio,
  record,
  records,
  run,
  seconds,
  series,
  stack,
  stat,
  stateTimeline,
  sum,
  table,
  timeseries,
  watchdog,
} from '../../definitions/language/index.ts'
import {
  booleanField,
  catalogue,
  counter,
  flag,
  gauge,
  histogram,
  info,
  logEvent,
  logEvents,
  oneOf,
  open,
  stateSet,
  timestamp,
  usdt,
} from '../../definitions/language/metrics.ts'
import type { Model } from '../../generators/model/model.ts'
import { container } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const symbol = open({ max: 5 })
const declared = catalogue('tb', {
  fills_total: counter({ help: 'Fills.', labels: { symbol, side: oneOf('buy', 'sell') } }),
  equity_usdt: gauge({ help: 'What the account is worth.', unit: usdt }),
  size: gauge({ help: 'Size of the position.', labels: { symbol }, additive: false }),
  pnl_usdt: gauge({ help: 'PnL of the position.', unit: usdt, labels: { symbol } }),
  latency_seconds: histogram({ help: 'Time to a fill.', unit: seconds, labels: { symbol }, buckets: [0.1, 0.5, 1, 5] }),
  connected: gauge({ help: 'Whether the stream is open.', unit: flag, labels: { symbol } }),
  started_timestamp: gauge({ help: 'When the bot began.', unit: timestamp }),
  mode: stateSet({ help: 'How the bot trades.', states: ['paper', 'live'] }),
  info: info({ help: 'What runs.', labels: { version: open({ max: 3 }) } }),
})
const m = series(declared)
const s = series(scrape)
const host = series(node)
const fire = series(firing)
const recorded = records('tb', {
  fills_hour: record({ help: 'Fills in an hour.', of: sum(increase(m.fills_total, '1h')).by('symbol') }),
})
const events = logEvents({ filled: logEvent({ help: 'A fill.', level: 'info', fields: { maker: booleanField } }) })
const latency = (q: number) => histogram_quantile(q, sum(rate(m.latency_seconds, '5m')).by('symbol'))

const small = dashboard({
  title: 'Small',
  description: 'Two panels.',
  variables: { symbol: labelValues(m.pnl_usdt, 'symbol', 'Symbol') },
  from: 'now-1h',
  panels: {
    latency: timeseries({
      title: 'Fill latency',
      show: { p50: latency(0.5), p95: latency(0.95) },
      min: 0,
      emptyMeans: 'no fill in five minutes',
    }),
    equity: stat({ title: 'Equity', show: m.equity_usdt, decimals: 2 }),
  },
  rows: { Speed: ['latency'], '': ['equity'] },
})

/** A dashboard with a panel of each kind, and queries that need care. */
const every = dashboard({
  title: 'Every',
  variables: { symbol: labelValues(m.size, 'symbol', 'Symbol') },
  links: [{ title: 'Exchange', url: 'https://example.org/status' }],
  panels: {
    fills: timeseries({
      title: 'Fills',
      show: sum(rate(m.fills_total, auto)).by('symbol', 'side'),
      bars: true,
      stacked: true,
    }),
    oneSide: timeseries({ title: 'Buys', show: increase(m.fills_total.where({ side: 'buy', symbol: 'BTC' }), '1h') }),
    mixed: timeseries({ title: 'Two units', show: { equity: m.equity_usdt, fills: recorded.fills_hour.series } }),
    up: stat({
      title: 'Bot',
      show: s.up.where({ job: 'tb' }),
      meanings: {
        0: { text: 'DOWN', colour: 'red' },
        1: { text: 'up', colour: 'green' },
        2: { text: '?', colour: 'grey' },
      },
    }),
    mode: stat({ title: 'Mode', show: m.mode.current }),
    connectedNow: stat({ title: 'Streams', show: m.connected }),
    firing: stat({ title: 'Alerts', show: count(fire.ALERTS.where({ alertstate: 'firing' })), emptyMeans: 'none' }),
    started: stat({ title: 'Started', show: m.started_timestamp }),
    dial: dial({ title: 'Age', show: ageOf(m.started_timestamp), min: 0, max: 60 }),
    bars: barGauge({ title: 'Bars', show: sum(increase(m.fills_total, '1h')).by('side') }),
    positions: table({ title: 'Positions', show: { size: m.size, PnL: m.pnl_usdt } }),
    about: table({ title: 'What runs', show: m.info }),
    heat: heatmap({ title: 'Latency', show: sum(increase(m.latency_seconds, '5m')) }),
    modes: stateTimeline({ title: 'Modes', show: m.mode.current }),
    streams: stateTimeline({ title: 'Streams over time', show: m.connected }),
    shares: pie({ title: 'Shares', show: sum(increase(m.fills_total, '24h')).by('symbol') }),
    cpu: timeseries({ title: 'CPU', show: sum(rate(host.node_cpu_seconds_total, auto)).by('mode') }),
    others: timeseries({ title: 'Node exporter', show: s.up.where({ job: 'node-exporter' }) }),
    paper: timeseries({ title: 'Always paper', show: m.equity_usdt.where({ env: 'paper' }) }),
    door: timeseries({
      title: 'Door',
      show: promql`topk(3, rate(tb_fills_total{side="buy"}[$__rate_interval]))`.as(ratio, ['symbol']),
    }),
    log: logs({ title: 'Lines', events: [events.filled] }),
    judged: stat({
      title: 'Judged',
      show: { bought: sum(increase(m.fills_total, '1h')), equity: m.equity_usdt, size: sum(m.equity_usdt) },
      meanings: { 0: { text: 'none', colour: 'green' } },
      limits: { bought: [{ severity: 'critical', above: 0 }], equity: [{ severity: 'warning', below: usdt(100) }] },
    }),
    judgedRows: table({
      title: 'Judged rows',
      show: { size: m.size, PnL: m.pnl_usdt },
      limits: { PnL: [{ severity: 'critical', below: usdt(0) }] },
    }),
    coloured: timeseries({
      title: 'Coloured',
      show: sum(increase(m.fills_total, '1h')).by('side'),
      colours: { buy: 'blue', 'a.b': 'grey' },
      limits: [{ severity: 'warning', atLeast: 40 }],
    }),
    words: markdown({ title: 'Read me', content: '**Look.**' }),
  },
})

const book = (step: Runbook['steps'][0]): Runbook => ({ cause: 'It is so.', steps: [step] })
const watched = alerts({
  SlowFills: alert({
    when: latency(0.5).gt(seconds(0.5)),
    severity: 'warning',
    summary: 'slow',
    runbook: book(look(small.panels.latency)),
  }),
  VerySlowFills: alert({
    when: latency(0.5).gt(seconds(2)),
    severity: 'critical',
    summary: 'very slow',
    runbook: book(look(small.panels.latency)),
  }),
  StreamClosed: alert({
    when: m.connected.eq(flag(0)),
    severity: 'critical',
    summary: 'closed',
    runbook: book(look(every.panels.streams)),
  }),
  OldBot: alert({
    when: ageOf(m.started_timestamp).gt(seconds(30)),
    severity: 'info',
    summary: 'old',
    runbook: book(look(every.panels.dial)),
  }),
  Watchdog: watchdog({ summary: 'well', runbook: book(run('true')) }),
})

/** The model of a bot whose dashboards hold what generators must get right. */
export function grafanaModel(targets: readonly FixedTarget[] = []): Model {
  const { model, findings } = resolve(
    bot({
      watchContract: false,
      name: 'tb',
      title: 'Test Bot',
      description: 'A bot for tests.',
      metrics: declared,
      exporters: [
        { job: 'tb', metrics: scrape },
        { job: 'prometheus', metrics: firing },
        { job: 'node-exporter', metrics: node },
      ],
      events,
      records: [recorded],
      alerts: [watched],
      dashboards: { small, every },
      environments: { paper: { tell: { critical: [], warning: [], info: [] } } },
      targets,
      day: { startsAt: '00:00', timeZone: 'UTC' },
      stack: stack({ project: 'tb', ports: { bot: 1, prometheus: 2, alertmanager: 3, grafana: 4, nodeExporter: 5 } }),
    }),
    container,
  )
  const errors = findings.filter((found) => found.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((f) => `${f.of}: ${f.message}`).join('\n'))
  return model
}

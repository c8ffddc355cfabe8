import { scrape } from '../../definitions/exporters/scrape.ts'
import {
  type AnyAlert,
  type AnyDashboard,
  type AnyRecord,
  absence,
  act,
  alert,
  alerts,
  type Bot,
  bot,
  dashboard,
  flag,
  series,
  stack,
  type Tell,
  text,
  timeseries,
} from '../../definitions/language/index.ts'
import { gauge } from '../../definitions/language/metric.ts'
import { catalogue, counter, histogram, info, oneOf, open, stateSet } from '../../definitions/language/metrics.ts'
import { bps, percent, ratio, seconds, timestamp, usdt } from '../../definitions/language/unit.ts'

const help = 'An example.'
/** The bot does not watch its contract, so a deadline would have no effect. */
const mayBeAbsent = { for: '5m', because: 'An example.' } as const

/** The metrics of the bot used on the pages about checks. */
export const metrics = catalogue('ex', {
  orders_total: counter({ help, labels: { side: oneOf('buy', 'sell'), symbol: open({ max: 20 }) } }),
  fees_total: counter({ help, unit: usdt, labels: { side: oneOf('buy', 'sell') } }),
  errors_total: counter({ help }),
  equity: gauge({ help, unit: usdt, mayBeAbsent }),
  drawdown_pct: gauge({ help, unit: percent, labels: { symbol: open({ max: 20 }) }, mayBeAbsent }),
  margin_ratio: gauge({ help, unit: ratio, mayBeAbsent }),
  queue: gauge({ help, initially: 0 }),
  ready: gauge({ help, unit: flag, initially: 0 }),
  last_bar: gauge({ help, unit: timestamp, mayBeAbsent }),
  wait_seconds: histogram({ help, unit: seconds, labels: { side: oneOf('buy', 'sell') }, buckets: [0.1, 1, 10, 60] }),
  slip: histogram({ help, unit: bps, buckets: [-10, 0, 10] }),
  state: stateSet({ help, states: ['idle', 'busy'], mayBeAbsent }),
  build_info: info({ help, labels: { version: open({ max: 1 }) }, mayBeAbsent }),
})
export const ex = series(metrics)
export const exampleScrape = series(scrape)

/** A minimal runbook. */
export const runbook = { cause: 'An example.', steps: [act('Look.')] } as const

const both = ['telegram', 'discord'] as const
const everybody: Tell = { critical: both, warning: both, info: ['telegram'] }
const shown = dashboard({
  title: 'Everything',
  panels: Object.fromEntries(
    Object.entries(ex)
      .filter(([, of]) => !of.metric.ofContract)
      .map(([key, of]) => [
        key,
        // a histogram is shown by its number of observations; only here is a raw counter shown, which its type refuses
        timeseries({
          title: key,
          show: ('count' in of && of.kind === 'histogram' ? of.count : of) as typeof ex.queue,
        }),
      ]),
  ),
})
/** Alerts on a bot that does not answer scrapes. */
export const down = alerts({
  Down: alert({
    when: exampleScrape.up.where({ job: 'ex' }).eq(flag(0)),
    for: '1m',
    severity: 'critical',
    summary: (l) => text`${l.bot} (${l.env}) does not answer`,
    runbook,
  }),
  Absent: absence({
    of: exampleScrape.up,
    for: '2m',
    severity: 'critical',
    summary: 'it is not a scrape target',
    runbook,
  }),
})

interface More {
  readonly metrics?: object
  readonly alerts?: readonly Readonly<Record<string, AnyAlert>>[]
  readonly watch?: readonly Readonly<Record<string, AnyAlert>>[]
  readonly records?: readonly Readonly<Record<string, AnyRecord>>[]
  readonly dashboards?: Readonly<Record<string, AnyDashboard>>
  readonly tell?: Tell
  readonly allow?: Bot['allow']
  readonly watchContract?: true
  readonly stack?: Partial<Parameters<typeof stack>[0]>
}

/** The bot used on the pages, with what a page adds to it. */
export const exampleBot = (more: More = {}): Bot =>
  bot({
    ...(more.watchContract ? {} : { watchContract: false }),
    name: 'ex',
    title: 'Example',
    description: 'The bot used on the pages.',
    metrics: { ...metrics, ...more.metrics },
    exporters: [{ job: 'ex', metrics: scrape }],
    records: more.records ?? [],
    alerts: [...(more.watch ?? [down]), ...(more.alerts ?? [])],
    dashboards: { everything: shown, ...more.dashboards },
    environments: { paper: { tell: more.tell ?? everybody }, live: { tell: everybody } },
    day: { startsAt: '00:00', timeZone: 'UTC' },
    allow: more.allow ?? [],
    stack: stack({
      ...more.stack,
      project: 'ex',
      ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, relay: 9095, grafana: 3000, nodeExporter: 9100 },
    }),
  })

import { scrape } from '../../definitions/exporters/scrape.ts'
import {
  absence,
  alert,
  alerts,
  type Bot,
  bot,
  type Duration,
  dashboard,
  type FixedTarget,
  increase,
  labelValues,
  look,
  note,
  percent,
  type Runbook,
  run,
  series,
  stack,
  sum,
  type Tell,
  text,
  timeseries,
  watchdog,
} from '../../definitions/language/index.ts'
import { catalogue, counter, flag, gauge, open } from '../../definitions/language/metrics.ts'
import type { Model } from '../../generators/model/model.ts'
import { container, host, type Places } from '../../generators/model/places.ts'
import { resolve } from '../../generators/resolve/resolve.ts'

const declared = catalogue('tiny', {
  drawdown_pct: gauge({ help: 'How far below its peak.', unit: percent, labels: { symbol: open({ max: 5 }) } }),
  errors_total: counter({ help: 'Errors.' }),
})
const metrics = series(declared)
const scraped = series(scrape)
const panels = dashboard({
  title: 'Trading',
  panels: { drawdown: timeseries({ title: 'Drawdown', show: metrics.drawdown_pct }) },
  variables: { symbol: labelValues(metrics.drawdown_pct, 'symbol') },
})

const short: Runbook = { cause: 'It is as it says.', steps: ['Look.'] }
const everything: Tell = { critical: ['telegram', 'discord'], warning: ['discord'], info: [] }

/** A bot with one alert of each kind, small enough that its files can be read whole. */
export const smallBot = (
  options: {
    cooldown?: Duration
    remindEvery?: Duration
    targets?: readonly FixedTarget[]
    deadMansSwitch?: boolean
    evaluate?: Duration
    timeZone?: string
  } = {},
): Bot => {
  const down = alerts({
    BotDown: alert({
      when: scraped.up.where({ job: 'tiny' }).eq(flag(0)),
      for: '1m',
      keepFiringFor: '0s',
      severity: 'critical',
      ...(options.cooldown === undefined ? {} : { cooldown: options.cooldown }),
      ...(options.remindEvery === undefined ? {} : { remindEvery: options.remindEvery }),
      summary: (l) => text`${l.bot} (${l.env}) does not answer`,
      runbook: {
        cause: 'The process is gone.',
        steps: [run('docker compose ps bot', 'does it run?'), note`Compare ${scraped.up}.`, 'Wait.', 'Never told.'],
      },
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
    HighDrawdown: alert({
      when: metrics.drawdown_pct.gt(percent(10)),
      for: '1m',
      severity: 'warning',
      cooldown: '30m',
      mutedBy: [down.BotDown],
      summary: (l, value) => text`${l.symbol} is ${value.percent} below its peak, {{so far}}`,
      runbook: {
        cause: 'It loses.',
        steps: [look(panels.panels.drawdown, 'one symbol?'), look(panels.panels.drawdown)],
      },
    }),
    Errors: alert({
      when: sum(increase(metrics.errors_total, '5m')).by().gt(5),
      severity: 'warning',
      mutedBy: [down.BotDown],
      summary: 'Something fails.',
      runbook: short,
    }),
    Watchdog: watchdog({ summary: 'All is well.', runbook: short, remindEvery: '1m' }),
  })
  return bot({
    watchContract: false,
    name: 'tiny',
    title: 'Tiny',
    description: 'The smallest bot.',
    metrics: declared,
    exporters: [{ job: 'tiny', metrics: scrape }],
    alerts: [down, trading],
    dashboards: { trading: panels },
    environments: {
      paper: { tell: { critical: ['discord'], warning: ['discord'], info: [] } },
      live: { tell: everything },
    },
    targets: options.targets ?? [],
    day: { startsAt: '00:00', timeZone: options.timeZone ?? 'UTC' },
    stack: stack({
      project: 'tiny',
      ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, grafana: 3000, nodeExporter: 9100 },
      deadMansSwitch: options.deadMansSwitch ?? true,
      evaluate: options.evaluate ?? '15s',
    }),
  })
}

export const modelOf = (of: Bot, places: Places = container): Model => {
  const { model, findings } = resolve(of, places)
  if (findings.length > 0) throw new Error(findings.map((f) => `${f.of}: ${f.message}`).join('\n'))
  return model
}

/** Places in a folder of this machine; nothing listens at the addresses unless a test starts it there. */
export const hostIn = (folder: string, addresses: Partial<Places> = {}): Places => ({
  ...host({
    folder: `${folder}/out`,
    secrets: `${folder}/secrets`,
    targets: `${folder}/targets.yml`,
    prometheus: '127.0.0.1:1',
    alertmanager: '127.0.0.1:2',
    nodeExporter: '127.0.0.1:3',
    env: 'paper',
  }),
  ...addresses,
})

import {
  type AnyAlert,
  type AnyPanel,
  act,
  alert,
  alerts,
  type Bot,
  bot,
  dashboard,
  increase,
  look,
  note,
  series,
  stack,
  sum,
  text,
  timeseries,
} from '../../definitions/language/index.ts'
import { catalogue, counter, oneOf, open } from '../../definitions/language/metrics.ts'

const panelsOfADashboard = 50
const alertsOfAGroup = 100

/** A bot with this many alerts and panels, one of each per metric; each alert's runbook looks at its own panel. */
export function synthetic(size: number): Bot {
  const keys = Array.from({ length: size }, (_, i) => `events_${i}_total`)
  const declared = catalogue(
    'big',
    Object.fromEntries(
      keys.map((key) => [
        key,
        counter({ help: `What ${key} counts.`, labels: { symbol: open({ max: 5 }), side: oneOf('buy', 'sell') } }),
      ]),
    ) as { [key: `${string}_total`]: ReturnType<typeof one> },
  )
  const metrics = series(declared)
  const boards = chunks(keys, panelsOfADashboard).map((group, i) =>
    dashboard({
      title: `Events ${i}`,
      panels: Object.fromEntries(
        group.map((key): [string, AnyPanel] => [
          key,
          timeseries({ title: key, show: sum(increase(of(metrics, key), '1h')).by('symbol', 'side') }),
        ]),
      ),
    }),
  )
  const panelOf = new Map(boards.flatMap((board) => Object.entries(board.panels)))
  const groups = chunks(keys, alertsOfAGroup).map((group) =>
    alerts(
      Object.fromEntries(
        group.map((key, i): [string, AnyAlert] => [
          `Many_${key}`,
          alert({
            when: sum(increase(of(metrics, key), '1h'))
              .by('symbol', 'instance')
              .gt(i),
            for: '5m',
            severity: 'warning',
            summary: (l, value) => text`${l.bot} (${l.env}): ${value} events of ${l.symbol}`,
            runbook: {
              cause: 'There are more events than usual.',
              steps: [
                look(panelOf.get(key) as AnyPanel, 'since when?'),
                act(note`Compare ${of(metrics, key)} with last week.`),
              ],
            },
          }),
        ]),
      ),
    ),
  )
  return bot({
    name: 'big',
    title: 'Big Bot',
    description: 'A bot for measurements.',
    metrics: declared,
    alerts: groups,
    dashboards: Object.fromEntries(boards.map((board, i) => [`events-${i}`, board])),
    environments: { paper: { tell: { critical: ['discord'], warning: ['discord'], info: ['discord'] } } },
    day: { startsAt: '00:00', timeZone: 'UTC' },
    stack: stack({
      project: 'botwatch-big',
      ports: { bot: 8000, prometheus: 9090, alertmanager: 9093, relay: 9095, grafana: 3000, nodeExporter: 9100 },
    }),
  })
}

/** One of the metrics, only for its type. */
const one = () => counter({ help: '', labels: { symbol: open({ max: 5 }), side: oneOf('buy', 'sell') } })
const example = series(catalogue('big', { x_total: one() })).x_total
const of = (metrics: object, key: string) => (metrics as Record<string, typeof example>)[key] as typeof example

const chunks = <T>(of: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(of.length / size) }, (_, i) => of.slice(i * size, (i + 1) * size))

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Bot, dashboard, labelValues, lines, logs, series, stat } from '../../../definitions/language/index.ts'
import { anyMetrics } from '../../../definitions/language/metric.ts'
import { catalogue, counter, open } from '../../../definitions/language/metrics.ts'
import { containerTopology } from '../../../generators/model/topology.ts'
import { grafanaOutput } from '../../../generators/outputs/grafana/grafana.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { events, logsBot } from '../../fixtures/logs-bot.ts'
import { withPluginVariables } from '../../fixtures/plugin-variables.ts'

// A dashboard's variables narrow queries on lines as they narrow PromQL.

const metrics = catalogue('tb', {
  fills_total: counter({ help: 'x', labels: { symbol: open({ max: 5 }), venue: open({ max: 5 }) } }),
})
const { fills_total } = series(metrics)
const failed = lines(events.order_failed)
const board = dashboard({
  title: 'Board',
  variables: { coin: labelValues(fills_total, 'symbol'), venue: labelValues(fills_total, 'venue') },
  panels: {
    both: logs({ title: 'Both', events: [events.order_failed, events.heartbeat] }),
    narrowed: logs({ title: 'Narrowed', events: [events.order_failed], where: { symbol: 'BTC' } }),
    text: logs({ title: 'Text', events: [events.order_failed], logsql: 'symbol:BTC* or instance:="a"' }),
    count: stat({ title: 'Count', show: failed.count('5m').by('symbol') }),
    beats: stat({ title: 'Beats', show: lines(events.heartbeat).count('5m') }),
  },
})
const given: Bot = {
  ...logsBot,
  metrics: { ...logsBot.metrics, ...anyMetrics(metrics) },
  dashboards: { board },
  alerts: [],
}

interface Board {
  readonly panels: readonly { readonly title: string; readonly targets?: readonly { readonly expr: string }[] }[]
}
const { panels } = JSON.parse(
  grafanaOutput(resolve(given, containerTopology).model).get('grafana/dashboards/board.json') ?? '',
) as Board
const expr = (title: string) => panels.find((panel) => panel.title === title)?.targets?.[0]?.expr ?? ''
const stream = '{bot="tb",env="$env"}'

const queries = [
  [
    'lines of events without the field stay',
    'Both',
    `${stream} event:in("order_failed", "heartbeat") (instance:in($instance)) (event:in("heartbeat") or symbol:in($coin))`,
  ],
  [
    'not by what it asks for itself',
    'Narrowed',
    `${stream} event:="order_failed" symbol:="BTC" (instance:in($instance))`,
  ],
  ['nor by what its text asks for', 'Text', `${stream} event:="order_failed" (symbol:BTC* or instance:="a")`],
  [
    'figures, too',
    'Count',
    `_time:5m ${stream} event:="order_failed" (instance:in($instance)) (symbol:in($coin)) | stats by (bot, env, instance, symbol) count_uniq(run, seq) as value`,
  ],
  [
    'and by no label that its events do not have',
    'Beats',
    `_time:5m ${stream} event:="heartbeat" (instance:in($instance)) | stats by (bot, env, instance) count_uniq(run, seq) as value`,
  ],
] as const
for (const [name, title, expected] of queries)
  test(`variables narrow queries on lines: ${name}`, () => assert.equal(expr(title), expected))

test('the plugin fills in one value, several and all', () => {
  const filled = (coin: string | readonly string[]) =>
    withPluginVariables(expr('Both'), { env: 'paper', instance: '.*', coin }).replace(/^.*?\) /, '')
  assert.deepEqual(
    [filled('BTC'), filled(['BTC', 'a"b']), filled('.*')],
    [
      '(instance:in(*)) (event:in("heartbeat") or symbol:in("BTC"))',
      '(instance:in(*)) (event:in("heartbeat") or symbol:in("BTC","a\\"b"))',
      '(instance:in(*)) (event:in("heartbeat") or symbol:in(*))',
    ],
  )
})

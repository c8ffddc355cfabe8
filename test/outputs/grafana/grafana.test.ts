import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Model } from '../../../generators/model/model.ts'
import { grafanaOutput } from '../../../generators/outputs/grafana/grafana.ts'
import { expectJson } from '../../fixtures/expected.ts'
import { grafanaModel } from '../../fixtures/grafana-bot.ts'

interface Target {
  readonly refId: string
  readonly expr: string
  readonly legendFormat?: string
  readonly instant?: boolean
  readonly format?: string
  readonly interval?: string
}

const read = (model: Model, key: string): Dashboard =>
  JSON.parse(grafanaOutput(model).get(`grafana/dashboards/${key}.json`) ?? '{}')
const isPanel = (panel: object): panel is Panel => !('collapsed' in panel)
const panelsOf = (dashboard: Dashboard): readonly Panel[] => (dashboard.panels ?? []).filter(isPanel)
const targetsOf = (panel: Panel) => (panel.targets ?? []) as unknown as readonly Target[]

const model = grafanaModel()
const every = read(model, 'every')
const named = (title: string): Panel => {
  const found = panelsOf(every).find((panel) => panel.title === title)
  assert.ok(found, title)
  return found
}
const asked = (title: string) => targetsOf(named(title))

test('a small dashboard, in full', () => {
  expectJson(join(import.meta.dirname, 'grafana-small.json'), read(model, 'small'))
})

test('a dashboard is JSON indented by two spaces, with sorted keys and a final newline', () => {
  const text = grafanaOutput(model).get('grafana/dashboards/small.json') ?? ''
  const { annotations: first, ...rest } = JSON.parse(text)
  assert.equal(text, `${JSON.stringify({ annotations: first, ...rest }, null, 2)}\n`)
  assert.deepEqual(Object.keys(rest), Object.keys(rest).sort())
})

const queries: readonly (readonly [string, string, string])[] = [
  [
    'a choice narrows every series that carries its label',
    'Fills',
    'sum by (bot, env, side, symbol) (rate(tb_fills_total{env="$env", instance=~"$instance", symbol=~"$symbol"}[$__rate_interval]))',
  ],
  [
    'and leaves one alone that is asked for already',
    'Buys',
    'increase(tb_fills_total{env="$env", instance=~"$instance", side="buy", symbol="BTC"}[1h])',
  ],
  ['an environment too', 'Always paper', 'tb_equity_usdt{env="paper", instance=~"$instance"}'],
  ['what the scrape adds is the bot’s where its job is', 'Bot', 'up{env="$env", instance=~"$instance", job="tb"}'],
  ['and is not where the job is another', 'Node exporter', 'up{env="$env", job="node-exporter"}'],
  [
    'a machine is not an instance of the bot',
    'CPU',
    'sum by (bot, env, mode) (rate(node_cpu_seconds_total{env="$env"}[$__rate_interval]))',
  ],
  [
    'an alert without an environment concerns all',
    'Alerts',
    'count by (bot, env) (ALERTS{alertstate="firing", env=~"|$env"})',
  ],
  ['a date is in milliseconds', 'Started', 'tb_started_timestamp{env="$env", instance=~"$instance"} * 1000'],
  [
    'text through the door is narrowed as well',
    'Door',
    'topk(3, rate(tb_fills_total{env="$env", instance=~"$instance", side="buy", symbol=~"$symbol"}[$__rate_interval]))',
  ],
  [
    'the buckets of a heatmap keep their bounds',
    'Latency',
    'sum by (bot, env, le) (increase(tb_latency_seconds_bucket{env="$env", instance=~"$instance", symbol=~"$symbol"}[5m]))',
  ],
]
for (const [name, title, expr] of queries)
  test(`a query: ${name}`, () => {
    assert.equal(asked(title)[0]?.expr, expr)
  })

test('a recorded series is narrowed only by the labels that it has', () => {
  assert.deepEqual(
    asked('Two units').map(({ refId, expr }) => [refId, expr]),
    [
      ['A', 'tb_equity_usdt{env="$env", instance=~"$instance"}'],
      ['B', 'tb:fills_hour{env="$env", symbol=~"$symbol"}'],
    ],
  )
})

test('a logs panel queries VictoriaLogs for the lines of its events', () => {
  assert.deepEqual(named('Lines').datasource, { type: 'victoriametrics-logs-datasource', uid: 'victorialogs' })
  assert.equal(asked('Lines')[0]?.expr, '{bot="tb",env="$env"} event:="filled" (instance:in($instance))')
})

const kinds = [
  ['Fills', 'timeseries', false, 'time_series'],
  ['Bot', 'stat', true, 'time_series'],
  ['Age', 'gauge', true, 'time_series'],
  ['Bars', 'bargauge', true, 'time_series'],
  ['Positions', 'table', true, 'table'],
  ['Latency', 'heatmap', false, 'heatmap'],
  ['Modes', 'state-timeline', false, 'time_series'],
  ['Shares', 'piechart', true, 'time_series'],
] as const
for (const [title, type, instant, format] of kinds)
  test(`a ${type} queries ${instant ? 'the last value' : 'a range'} as ${format}`, () => {
    assert.equal(named(title).type, type)
    assert.deepEqual([asked(title)[0]?.instant, asked(title)[0]?.format], [instant, format])
  })

test('a query over a job that is scraped less often than the bot uses that job’s step', () => {
  assert.deepEqual(
    panelsOf(every).flatMap((panel) =>
      targetsOf(panel)[0]?.interval === undefined ? [] : [[panel.title, targetsOf(panel)[0]?.interval]],
    ),
    [
      ['CPU', '15s'],
      ['Node exporter', '15s'],
    ],
  )
})

const legends: readonly (readonly [string, readonly string[]])[] = [
  ['Fills', ['{{side}} {{symbol}}']],
  ['Buys', ['Buys']],
  ['Two units', ['equity', 'fills {{symbol}}']],
  ['Mode', ['{{tb_mode}}']],
  ['Positions', ['size {{symbol}}', 'PnL {{symbol}}']],
]
for (const [title, expected] of legends)
  test(`the legend of ${title} has the labels that distinguish its series`, () => {
    assert.deepEqual(
      asked(title).map(({ legendFormat }) => legendFormat),
      expected,
    )
  })

test('legends name the instance if an environment can have several, and tables show it', () => {
  const several = read(grafanaModel([{ env: 'paper', instance: 'second', address: 'other:8000' }]), 'every')
  const of = (title: string) => panelsOf(several).find((panel) => panel.title === title) as Panel
  assert.equal(targetsOf(of('Always paper'))[0]?.legendFormat, '{{instance}}')
  assert.equal(targetsOf(of('Streams over time'))[0]?.legendFormat, '{{symbol}} {{instance}}')
  assert.equal(targetsOf(of('Fills'))[0]?.legendFormat, '{{side}} {{symbol}}')
  assert.equal(targetsOf(of('CPU'))[0]?.legendFormat, '{{mode}}')
  const hidden = (panel: Panel | undefined) => panel?.transformations?.[0]?.options.exclude.pattern
  assert.equal(hidden(of('Positions')), '^(Time|__name__|bot|env|job)$')
  assert.equal(hidden(named('Positions')), '^(Time|__name__|bot|env|job|instance)$')
})

test('a table has a column for each label and each query', () => {
  assert.deepEqual(named('Positions').transformations?.slice(1), [
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: {},
        indexByName: { symbol: 0, 'Value #A': 1, 'Value #B': 2 },
        renameByName: { symbol: 'Symbol', 'Value #A': 'Size', 'Value #B': 'PnL, USDT' },
      },
    },
  ])
  assert.deepEqual(named('Positions').fieldConfig?.overrides, [
    {
      matcher: { id: 'byName', options: 'Size' },
      properties: [
        { id: 'unit', value: 'locale' },
        { id: 'decimals', value: 1 },
      ],
    },
    {
      matcher: { id: 'byName', options: 'PnL, USDT' },
      properties: [
        { id: 'unit', value: 'locale' },
        { id: 'decimals', value: 2 },
      ],
    },
  ])
  assert.deepEqual(named('What runs').transformations?.[2]?.options.excludeByName, { Value: true })
})

test('a second query with its own unit is formatted in it', () => {
  assert.equal(named('Two units').fieldConfig?.defaults.unit, 'currency:financial: USDT:suffix')
  assert.deepEqual(named('Two units').fieldConfig?.overrides, [
    { matcher: { id: 'byFrameRefID', options: 'B' }, properties: [{ id: 'unit', value: 'locale' }] },
  ])
})

test('values have words: the panel’s own, off and on for a flag, the state of a state set', () => {
  assert.deepEqual(named('Bot').fieldConfig?.defaults.mappings, [
    {
      type: 'value',
      options: {
        0: { text: 'DOWN', color: 'red', index: 0 },
        1: { text: 'up', color: 'green', index: 1 },
        2: { text: '?', color: '#808080', index: 2 },
      },
    },
  ])
  assert.deepEqual(named('Streams').fieldConfig?.defaults.mappings, [
    {
      type: 'value',
      // An alert compares it, so its colours are those of the limit.
      options: { 0: { text: 'off', index: 0 }, 1: { text: 'on', index: 1 } },
    },
  ])
  assert.deepEqual(named('Mode').fieldConfig?.defaults.mappings, [])
  assert.equal(named('Mode').options.textMode, 'name')
})

test('limits of alerts are colour bands that include the limit itself exactly if the comparison does', () => {
  assert.deepEqual(named('Age').fieldConfig?.defaults.thresholds?.steps, [
    { value: null, color: 'green' },
    { value: 30.00000003, color: 'blue' },
  ])
  assert.deepEqual(named('Streams over time').fieldConfig?.defaults.thresholds?.steps, [
    { value: null, color: 'red' },
    { value: 1e-9, color: 'green' },
  ])
})

test('a panel’s description has its metrics and the alerts that watch it', () => {
  assert.equal(
    named('Streams over time').description,
    '- `tb_connected`: Whether the stream is open.\n\nAlerts:\n- StreamClosed, critical, below 0',
  )
  assert.equal(named('Alerts').fieldConfig?.defaults.noValue, 'none')
})

test('a dashboard links to the bot’s others keeping its variables, and to its own links', () => {
  assert.deepEqual(
    every.links?.map(({ type, title, tags, url, includeVars, keepTime }) => [
      type,
      title,
      tags,
      url,
      includeVars,
      keepTime,
    ]),
    [
      ['dashboards', 'Test Bot', ['botwatch', 'tb'], undefined, true, true],
      ['link', 'Exchange', [], 'https://example.org/status', false, false],
    ],
  )
})

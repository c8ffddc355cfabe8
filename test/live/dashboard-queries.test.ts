import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pathOf, queriesOf } from './dashboard-queries.ts'
import { chosenOf, fillVariables, type VariableChoices, variableQueriesOf } from './dashboard-variables.ts'
import { rangeStep, rateInterval } from './grafana-interval.ts'

const prometheus = { type: 'prometheus', uid: 'prometheus' }
const asking = (name: string, query: string, more: object = {}) => ({
  type: 'query',
  name,
  refresh: 1,
  query: { qryType: 1, query, refId: 'x' },
  ...more,
})
const json = {
  title: 'Board',
  annotations: {
    list: [{ name: 'Alerts', target: { refId: 'Anno', expr: 'ALERTS{env="$env"}', datasource: prometheus } }],
  },
  templating: {
    list: [
      asking('env', 'label_values(up{job="b"},env)'),
      asking('symbol', 'label_values(x{env="$env"}, symbol)', { multi: true, includeAll: true, allValue: '.*' }),
    ],
  },
  panels: [
    {
      id: 1,
      type: 'timeseries',
      title: 'Curve',
      fieldConfig: { defaults: { noValue: 'none yet' } },
      targets: [
        {
          refId: 'A',
          expr: 'rate(x{env="$env", symbol=~"[[symbol:regex]]"}[$__rate_interval])',
          datasource: prometheus,
        },
        { refId: 'B', expr: 'y[$__interval] offset $typo', interval: '1m', datasource: prometheus },
        { refId: 'C', expr: '{app="x"}', datasource: { type: 'loki', uid: 'loki' } },
      ],
    },
    { id: 2, type: 'text', title: 'Words' },
    {
      id: 3,
      type: 'row',
      title: 'Folded',
      panels: [
        {
          id: 4,
          type: 'stat',
          title: 'Inside',
          targets: [{ refId: 'A', expr: 'z', instant: true, datasource: prometheus }],
        },
      ],
    },
  ],
}
const choices: VariableChoices = {
  from: 1000,
  to: 4600,
  points: 360,
  interval: '10s',
  values: { env: 'paper', symbol: ['A/B', 'c.d'] },
}

test('every Prometheus query of a dashboard is interpolated, and unknown variables are listed', () => {
  const common = { dashboard: 'Board', start: 1000, end: 4600, emptyMeans: null, unfilled: [] }
  const curve = { id: 1, title: 'Curve', type: 'timeseries' }
  assert.deepEqual(queriesOf(json, choices), [
    {
      ...common,
      panel: curve,
      refId: 'A',
      expr: 'rate(x{env="paper", symbol=~"(A/B|c\\\\.d)"}[40s])',
      ask: 'range',
      step: 10,
      emptyMeans: 'none yet',
    },
    {
      ...common,
      panel: curve,
      refId: 'B',
      expr: 'y[1m] offset $typo',
      ask: 'range',
      step: 60,
      emptyMeans: 'none yet',
      unfilled: ['typo'],
    },
    { ...common, panel: { id: 4, title: 'Inside', type: 'stat' }, refId: 'A', expr: 'z', ask: 'instant', step: 10 },
    {
      ...common,
      panel: { id: 0, title: 'Alerts', type: 'annotation' },
      refId: 'Anno',
      expr: 'ALERTS{env="paper"}',
      ask: 'range',
      step: 10,
      emptyMeans: 'nothing happened',
    },
  ])
})

test('a query becomes a path of the Prometheus API', () => {
  const paths = queriesOf(json, choices).map(pathOf)
  assert.equal(paths[2], '/api/v1/query?query=z&time=4600')
  assert.equal(paths[3], '/api/v1/query_range?query=ALERTS%7Benv%3D%22paper%22%7D&start=1000&end=4600&step=10')
})

const texts: readonly (readonly [string, VariableChoices['values'], string])[] = [
  ['all of a multi-choice variable is its own pattern', { symbol: '$__all' }, '.*'],
  ['one value is also a pattern', { symbol: ['a+b'] }, 'a\\\\+b'],
  ['several are alternatives', { symbol: ['a', 'b'] }, '(a|b)'],
  ['nothing chosen stays as it is', {}, '$symbol'],
]
for (const [name, values, text] of texts)
  test(`a variable: ${name}`, () => {
    const variables = variableQueriesOf(json)
    assert.equal(fillVariables('$symbol', variables, { ...choices, values }).text, text)
  })

test('a single value is not treated as a pattern', () => {
  assert.equal(
    fillVariables(`\${env}`, variableQueriesOf(json), { ...choices, values: { env: 'a.b\\c' } }).text,
    'a.b\\\\c',
  )
})

test('variables are queried in order, each with the earlier values', async () => {
  const asked: string[] = []
  const { choices: made, empty } = await chosenOf(json, choices, async (match, label) => {
    asked.push(`${label} of ${match}`)
    return label === 'env' ? ['paper', 'live'] : []
  })
  assert.deepEqual(asked, ['env of up{job="b"}', 'symbol of x{env="live"}'])
  assert.deepEqual(made.values, { env: 'live', symbol: '$__all' })
  assert.deepEqual(empty, ['symbol'])
})

test('a requested value is used instead', async () => {
  const { choices: made } = await chosenOf(json, choices, async () => ['a'], { env: 'paper', symbol: ['BTC'] })
  assert.deepEqual(made.values, { env: 'paper', symbol: ['BTC'] })
})

test('a variable that Grafana would never query is an error', () => {
  const of = (variable: object) => ({ templating: { list: [variable] } })
  assert.throws(() => variableQueriesOf(of(asking('env', 'label_values(up,env)', { refresh: 0 }))), {
    message: 'variable env: refresh is 0, so it is never queried',
  })
  assert.throws(() => variableQueriesOf(of(asking('env', 'up'))), {
    message: "variable env: 'up' is not label_values(series, label)",
  })
})

const steps = [
  ['an hour', 3600, 1000, '10s', 10_000, 40_000],
  ['an hour in a small panel', 3600, 100, '10s', 30_000, 40_000],
  ['a day', 86_400, 1000, '10s', 60_000, 70_000],
  ['a month', 2_592_000, 1000, '15s', 1_800_000, 1_815_000],
] as const
for (const [name, range, points, interval, step, rate] of steps)
  test(`the step of ${name} is Grafana's`, () => {
    const of = { from: 0, to: range, points, interval }
    assert.deepEqual([rangeStep(of), rateInterval(of, rangeStep(of))], [step, rate])
  })

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { grafanaOutput } from '../../../generators/outputs/grafana/grafana.ts'
import { grafanaModel } from '../../fixtures/grafana-bot.ts'

// Good or bad at a glance: the limits that a panel itself sets for its values.

const every: Dashboard = JSON.parse(grafanaOutput(grafanaModel()).get('grafana/dashboards/every.json') ?? '{}')
const fieldsOf = (title: string) => {
  const found = (every.panels ?? []).find((panel) => panel.title === title) as Panel | undefined
  assert.ok(found?.fieldConfig, title)
  return found.fieldConfig
}

test('limits of a panel are colour bands for each query, and a query without limits is neither good nor bad', () => {
  const { defaults, overrides } = fieldsOf('Judged')
  assert.deepEqual(defaults.color, { mode: 'thresholds' })
  assert.deepEqual(defaults.thresholds?.steps, [
    { value: null, color: 'green' },
    { value: 1e-9, color: 'red' },
  ])
  assert.deepEqual(defaults.mappings, [{ type: 'value', options: { 0: { text: 'none', color: 'green', index: 0 } } }])
  assert.deepEqual(
    overrides.map(({ matcher, properties }) => [
      matcher.options,
      ...properties.map(({ id, value }) => [id, id === 'thresholds' ? value.steps : value]),
    ]),
    [
      [
        'B',
        ['unit', 'currency:financial: USDT:suffix'],
        [
          'thresholds',
          [
            { value: null, color: 'orange' },
            { value: 100, color: 'green' },
          ],
        ],
      ],
      [
        'C',
        ['unit', 'currency:financial: USDT:suffix'],
        ['thresholds', [{ value: null, color: 'green' }]],
        ['color', { mode: 'fixed', fixedColor: 'text' }],
      ],
    ],
  )
})

test('in a table only the column with limits is coloured', () => {
  assert.deepEqual(
    fieldsOf('Judged rows').overrides.map(({ matcher, properties }) => [
      matcher.options,
      properties.map(({ id }) => id),
    ]),
    [
      ['Size', ['unit', 'decimals']],
      ['PnL, USDT', ['unit', 'decimals', 'custom.cellOptions', 'color', 'thresholds']],
    ],
  )
})

test('the columns of a table fit side by side on a phone', () => {
  const least = (title: string) => fieldsOf(title).defaults.custom?.minWidth
  assert.equal(least('Positions'), 86)
  assert.ok(least('Positions') * 4 <= 352)
})

test('a curve gets its colour from a whole word of its name', () => {
  const { overrides, defaults } = fieldsOf('Coloured')
  const [buy, dotted] = overrides
  assert.deepEqual(buy?.properties, [{ id: 'color', value: { mode: 'fixed', fixedColor: 'blue' } }])
  assert.deepEqual(dotted?.properties, [{ id: 'color', value: { mode: 'fixed', fixedColor: '#808080' } }])
  const matches = (matcher: { id: string; options?: string } | undefined, name: string) => {
    assert.equal(matcher?.id, 'byRegexp')
    return new RegExp(/^\/(.*)\/$/.exec(matcher?.options ?? '')?.[1] ?? '(?!)').test(name)
  }
  assert.deepEqual(
    ['buy', 'buy BTC', 'BTC buy', 'BTC buy 1m', 'buyer', 'rebuy BTC'].map((name) => matches(buy?.matcher, name)),
    [true, true, true, true, false, false],
  )
  assert.deepEqual(
    ['a.b', 'axb'].map((name) => matches(dotted?.matcher, name)),
    [true, false],
  )
  // The limit is visible before any value comes near it.
  assert.deepEqual([defaults.custom?.axisSoftMin, defaults.custom?.axisSoftMax], [0, 40])
  assert.equal(fieldsOf('Fills').defaults.custom?.axisSoftMax, undefined)
  assert.equal(fieldsOf('Buys').defaults.custom?.axisSoftMax, 1)
})

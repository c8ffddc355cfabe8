import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { containerTopology } from '../../../generators/model/topology.ts'
import { grafanaOutput } from '../../../generators/outputs/grafana/grafana.ts'
import { resolve } from '../../../generators/resolve/resolve.ts'
import { figuresBot } from '../../fixtures/figures-bot.ts'

// The plugin for log lines answers a figure at one time with one table, whose column of values is numbered.

const { model } = resolve(figuresBot, containerTopology)
const { panels = [] }: Dashboard = JSON.parse(grafanaOutput(model).get('grafana/dashboards/figures.json') ?? '{}')
const titled = (title: string): Panel => {
  const found = panels.find((panel) => panel.title === title)
  assert.ok(found !== undefined && found.type !== 'row', title)
  return found as Panel
}
const namesIn = (title: string) =>
  (titled(title).fieldConfig?.overrides ?? []).map(({ matcher, properties }) => [
    matcher.id,
    matcher.options,
    ...properties.map(({ id, value }) => [id, value]),
  ])

test('panels of single values show each row of a figure, by the name that its legend would have', () => {
  const rows = { calcs: ['lastNotNull'], fields: '', values: true, limit: 50 }
  for (const title of ['Fills', 'Latency', 'By symbol', 'Shares'])
    assert.deepEqual((titled(title).options as { reduceOptions?: object }).reduceOptions, rows, title)
  assert.deepEqual(['Fills', 'Latency', 'By symbol'].map(namesIn), [
    [['byFrameRefID', 'A', ['displayName', 'Fills']]],
    [
      ['byFrameRefID', 'A', ['displayName', 'p95 $' + '{__data.fields.symbol}']],
      ['byFrameRefID', 'B', ['displayName', 'average']],
    ],
    [['byFrameRefID', 'A', ['displayName', '$' + '{__data.fields.symbol}']]],
  ])
})

test('a table names the columns of figures as the plugin numbers them, also a single one', () => {
  const renamed = (title: string) =>
    titled(title).transformations?.find(({ id }) => id === 'organize')?.options.renameByName
  assert.deepEqual(['One', 'Several'].map(renamed), [
    { symbol: 'Symbol', 'Value #A': 'One' },
    { symbol: 'Symbol', 'Value #A': 'Fills', 'Value #B': 'Slowest' },
  ])
})

test('curves of figures keep their series, and need no names', () => {
  assert.deepEqual(namesIn('Over time'), [])
})

test('the axis of a count of lines starts at zero, as that of any count', () => {
  const { axisSoftMin, axisSoftMax } = titled('Over time').fieldConfig?.defaults.custom ?? {}
  assert.deepEqual([axisSoftMin, axisSoftMax], [0, 1])
})

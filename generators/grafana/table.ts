import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { defaultFieldConfig, defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/table'
import type { Drawing, Drawn, Override, Query } from './drawing.ts'
import { plain } from './options.ts'

/** A row for each set of labels, a column for each label and each query. */
export const table = (drawing: Drawing): Drawn => ({
  type: 'table',
  color: plain,
  asks: { instant: true, format: PromQueryFormat.Table },
  options: defaultOptions() satisfies Options,
  custom: defaultFieldConfig(),
  overrides: drawing.placed.thresholds.length === 0 ? [] : [coloured(drawing)],
  transformations: columns(drawing),
})

/** The title of a query's column. */
export const columnOf = (query: Query, { panel }: Drawing): string => query.name || panel.title

/** What Prometheus adds to every row; the name differs by query and would keep rows of the same labels apart. */
const noise = ['Time', '__name__', 'bot', 'env', 'job']

function columns(drawing: Drawing): readonly DataTransformerConfig[] {
  const { queries, context } = drawing
  const hidden = context.severalInstances ? noise : [...noise, 'instance']
  const labels = [...new Set(queries.flatMap((query) => query.labels))]
  const values = queries.map((query) => [valueField(query, queries), columnOf(query, drawing)] as const)
  const silent = queries.filter(({ says }) => says === 'info').map((query) => [valueField(query, queries), true])
  return [
    { id: 'filterFieldsByName', options: { exclude: { pattern: `^(${hidden.join('|')})$` } } },
    { id: 'merge', options: {} },
    {
      id: 'organize',
      options: {
        excludeByName: Object.fromEntries(silent),
        indexByName: Object.fromEntries([...labels, ...values.map(([field]) => field)].map((name, i) => [name, i])),
        renameByName: Object.fromEntries(values),
      },
    },
  ]
}

/** How Grafana names the column of values. */
const valueField = ({ refId }: Query, all: readonly Query[]) => (all.length > 1 ? `Value #${refId}` : 'Value')

function coloured(drawing: Drawing): Override {
  const [first] = drawing.queries
  return {
    matcher: { id: 'byName', options: first === undefined ? '' : columnOf(first, drawing) },
    properties: [
      { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
      { id: 'color', value: { mode: 'thresholds' } },
    ],
  }
}

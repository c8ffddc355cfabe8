import { TableCellDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import type { DataTransformerConfig, ThresholdsConfig } from '@grafana/grafana-foundation-sdk/dashboard'
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus'
import { defaultFieldConfig, defaultOptions, type Options } from '@grafana/grafana-foundation-sdk/table'
import { capitalize } from '../../text/capitalize.ts'
import { alertLinks } from './alert-links.ts'
import type { Drawing, Override, PanelBody, PanelQuery } from './drawing.ts'
import { hasLimits } from './limits.ts'
import { textColor } from './options.ts'

/** Width in pixels of a table on a phone; a column of the usual minimum width fits a symbol or an amount of money. */
const phone = 352
const usual = 86
const narrowest = 64

/** A row for each set of labels, a column for each label and each query. */
export const tablePanel = (drawing: Drawing): PanelBody => {
  const speaks = drawing.queries.every(({ says }) => says === 'info')
  return {
    type: 'table',
    color: textColor,
    asks: { instant: true, format: PromQueryFormat.Table },
    options: defaultOptions() satisfies Options,
    custom: {
      ...defaultFieldConfig(),
      minWidth: Math.max(narrowest, Math.min(usual, Math.floor(phone / columnsOf(drawing)))),
      wrapHeaderText: true,
      // Grafana 13 reads the latter, earlier versions the former.
      ...(speaks ? { cellOptions: { type: TableCellDisplayMode.Auto, wrapText: true }, wrapText: true } : {}),
    },
    overrides: linked(drawing),
    transformations: columns(drawing),
  }
}

/** How the column of a query is formatted: money has its unit in the header, and values with limits are coloured. */
export function tableFieldOf(query: PanelQuery, drawing: Drawing, thresholds: ThresholdsConfig): Override {
  const { header, id, decimals } = query.unit
  const shown = drawing.panel.decimals ?? (header === '' ? decimals : 2)
  return {
    matcher: { id: 'byName', options: columnOf(query, drawing) },
    properties: [
      { id: 'unit', value: header === '' ? id : 'locale' },
      ...(shown === null ? [] : [{ id: 'decimals', value: shown }]),
      ...(hasLimits(query, drawing)
        ? [
            { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
            { id: 'color', value: { mode: 'thresholds' } },
            { id: 'thresholds', value: thresholds },
          ]
        : []),
    ],
  }
}

/** The title of a query's column. */
const columnOf = ({ name, unit }: PanelQuery, { panel }: Drawing): string =>
  [capitalize(name || panel.title), unit.header].filter((part) => part !== '').join(', ')

/** Columns that Prometheus adds to every row; the name differs by query and would prevent rows with the same labels from merging. */
const noise = ['Time', '__name__', 'bot', 'env', 'job']

function columns(drawing: Drawing): readonly DataTransformerConfig[] {
  const { queries, context } = drawing
  const hidden = context.severalInstances ? noise : [...noise, 'instance']
  const labels = labelsOf(drawing)
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
        renameByName: Object.fromEntries([...labels.map((label) => [label, headed(label)]), ...values]),
      },
    },
  ]
}

const columnsOf = (drawing: Drawing) =>
  labelsOf(drawing).length + drawing.queries.filter(({ says }) => says !== 'info').length

const labelsOf = ({ queries }: Drawing) => [...new Set(queries.flatMap((query) => query.labels))]
const headed = (label: string) => capitalize(label.replaceAll('_', ' '))

/** How Grafana names the column of values; the plugin for log lines always numbers it. */
const valueField = ({ refId, window }: PanelQuery, all: readonly PanelQuery[]) =>
  all.length > 1 || window !== null ? `Value #${refId}` : 'Value'

/** Only the name of a row links to its alerts' history; a link on every cell would hide the colours. */
function linked(drawing: Drawing): readonly Override[] {
  const [label] = labelsOf(drawing)
  const [first] = drawing.queries
  const column = label === undefined ? first && columnOf(first, drawing) : headed(label)
  if (column === undefined || drawing.placed.alerts.length === 0) return []
  return [{ matcher: { id: 'byName', options: column }, properties: [{ id: 'links', value: alertLinks(drawing) }] }]
}

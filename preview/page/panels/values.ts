import {
  type FieldDisplay,
  type GrafanaTheme2,
  getFieldDisplayValues,
  type PanelProps,
  type ReduceDataOptions,
} from '@grafana/data'

type Shown = Pick<PanelProps, 'data' | 'fieldConfig' | 'replaceVariables' | 'timeZone'> & {
  readonly options: { readonly reduceOptions?: ReduceDataOptions }
}

/** One value of each series, with its unit, colour and text, as stat, gauge, bar gauge and pie show it. */
export const displayValues = (
  { data, options, fieldConfig, replaceVariables, timeZone }: Shown,
  theme: GrafanaTheme2,
  wanted: { readonly sparkline?: boolean; readonly percentChange?: boolean } = {},
): FieldDisplay[] =>
  getFieldDisplayValues({
    data: data.series,
    reduceOptions: { calcs: ['lastNotNull'], ...options.reduceOptions },
    fieldConfig,
    replaceVariables,
    theme,
    timeZone,
    ...wanted,
  })

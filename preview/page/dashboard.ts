import type { DataTransformerConfig, FieldConfigSource } from '@grafana/data'

/** The parts of a dashboard's JSON that are drawn. */
export interface DashboardJson {
  readonly title: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly refresh?: string
  readonly time?: { readonly from: string; readonly to: string }
  readonly timepicker?: {
    readonly refresh_intervals?: readonly string[]
    readonly hidden?: boolean
    readonly nowDelay?: string
    readonly quick_ranges?: readonly { readonly display: string; readonly from: string; readonly to: string }[]
  }
  readonly timezone?: string
  readonly weekStart?: string
  readonly fiscalYearStartMonth?: number
  /** 1 for a shared crosshair, 2 for a shared tooltip. */
  readonly graphTooltip?: number
  readonly panels: readonly (PanelJson | RowJson)[]
  readonly templating?: { readonly list: readonly VariableJson[] }
  readonly annotations?: { readonly list: readonly AnnotationJson[] }
  readonly links?: readonly LinkJson[]
}

/** A link of a panel or a dashboard; one of type `dashboards` leads to all dashboards with its tags. */
export interface LinkJson {
  readonly type?: string
  readonly title?: string
  readonly url?: string
  readonly tooltip?: string
  readonly tags?: readonly string[]
  readonly asDropdown?: boolean
  readonly keepTime?: boolean
  readonly includeVars?: boolean
  readonly targetBlank?: boolean
}

/** A data source; before Grafana 8.3 its name. */
export interface DataSourceJson {
  readonly type?: string
  readonly uid?: string
}

interface GridPos {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

export interface PanelJson {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly description?: string
  readonly transparent?: boolean
  readonly links?: readonly LinkJson[]
  readonly gridPos: GridPos
  readonly interval?: string
  readonly maxDataPoints?: number
  readonly options?: object
  readonly fieldConfig?: FieldConfigSource
  readonly targets?: readonly TargetJson[]
  readonly transformations?: readonly DataTransformerConfig[]
  readonly datasource?: DataSourceJson | string | null
  readonly libraryPanel?: { readonly name?: string; readonly uid: string }
  /** The variable for each value of which Grafana shows the panel. */
  readonly repeat?: string
  readonly timeFrom?: string
  readonly timeShift?: string
  readonly hideTimeOverride?: boolean
}

export interface RowJson {
  readonly id: number
  readonly type: 'row'
  readonly title: string
  readonly collapsed?: boolean
  readonly repeat?: string
  readonly gridPos: GridPos
  readonly panels?: readonly PanelJson[]
}

export interface TargetJson {
  readonly refId: string
  readonly expr?: string
  readonly instant?: boolean
  readonly interval?: string
  readonly format?: string
  readonly legendFormat?: string
  readonly hide?: boolean
  readonly range?: boolean
  readonly exemplar?: boolean
  readonly intervalFactor?: number
  /** Of log lines: `instant` for lines, the default, `stats` for a figure, `statsRange` for one of each step. */
  readonly queryType?: string
  readonly step?: string
  readonly maxLines?: number
  /** The bot whose store of log lines is asked, not in the file; without it Prometheus is. */
  readonly store?: string
  readonly datasource?: DataSourceJson | string | null
}

export interface VariableJson {
  readonly type: string
  readonly name: string
  readonly label?: string
  readonly hide?: number
  readonly multi?: boolean
  readonly includeAll?: boolean
  readonly allValue?: string
  readonly query?: string | { readonly query: string }
  readonly regex?: string
  readonly sort?: number
  readonly current?: { readonly value?: string | readonly string[]; readonly text?: string | readonly string[] }
  readonly description?: string
  readonly skipUrlSync?: boolean
  /** Of a list of intervals: whether one is computed from the range, and from how many steps and what least. */
  readonly auto?: boolean
  readonly auto_count?: number
  readonly auto_min?: string
  readonly valuesFormat?: 'csv' | 'json'
  readonly filters?: readonly object[]
}

export interface AnnotationJson {
  readonly name: string
  readonly enable?: boolean
  /** 1 for those that Grafana keeps itself. */
  readonly builtIn?: number
  readonly datasource?: DataSourceJson | string | null
  readonly iconColor?: string
  readonly expr?: string
  readonly target?: { readonly expr?: string; readonly interval?: string }
  readonly titleFormat?: string
  readonly textFormat?: string
  readonly tagKeys?: string
}

export const isRow = (one: PanelJson | RowJson): one is RowJson => one.type === 'row'

/** All panels, including those inside rows. */
export const panelsOf = ({ panels }: DashboardJson): readonly PanelJson[] =>
  panels.flatMap((one) => (isRow(one) ? (one.panels ?? []) : [one]))

/** The names of all variables, also of those that are not supported. */
export const declaredIn = ({ templating }: DashboardJson): readonly string[] =>
  (templating?.list ?? []).map(({ name }) => name)

import { VariableRefresh } from '@grafana/data'
import {
  type EmbeddedScene,
  QueryVariable,
  EmbeddedScene as Scene,
  SceneControlsSpacer,
  SceneDataTransformer,
  SceneGridItem,
  SceneGridLayout,
  SceneGridRow,
  SceneQueryRunner,
  SceneRefreshPicker,
  SceneTimePicker,
  SceneTimeRange,
  SceneVariableSet,
  VariableValueSelectors,
  VizPanel,
} from '@grafana/scenes'
import { type DashboardJson, isRow, type PanelJson, type RowJson, type VariableJson } from '../dashboard.ts'
import { rendererOf } from '../panels/renderers.ts'
import { allOption } from '../prometheus/fill.ts'

/** A dashboard's JSON as a scene: the places of its panels, its variables, time range and refresh. */
export function sceneOf(dashboard: DashboardJson): EmbeddedScene {
  const { time, refresh, timepicker, templating, timezone } = dashboard
  return new Scene({
    $timeRange: new SceneTimeRange({
      from: time?.from ?? 'now-1h',
      to: time?.to ?? 'now',
      ...(timezone === undefined || timezone === '' ? {} : { timeZone: timezone }),
    }),
    $variables: new SceneVariableSet({ variables: (templating?.list ?? []).flatMap(variableOf) }),
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      new SceneTimePicker({ isOnCanvas: true }),
      new SceneRefreshPicker({
        isOnCanvas: true,
        refresh: refresh ?? '',
        intervals: [...(timepicker?.refresh_intervals ?? ['5s', '15s', '30s', '1m', '5m'])],
      }),
    ],
    body: new SceneGridLayout({ isLazy: false, children: itemsOf(dashboard.panels) }),
  })
}

/** An open row contains what follows it, up to the next row, as in Grafana. */
function itemsOf(panels: readonly (PanelJson | RowJson)[]): (SceneGridItem | SceneGridRow)[] {
  const items: (SceneGridItem | SceneGridRow)[] = []
  let open: SceneGridRow | null = null
  for (const panel of panels) {
    if (isRow(panel)) {
      const row: SceneGridRow = new SceneGridRow({
        key: `row-${panel.id}`,
        title: panel.title,
        x: 0,
        y: panel.gridPos.y,
        isCollapsible: true,
        isCollapsed: panel.collapsed === true,
        children: (panel.panels ?? []).map(itemOf),
      })
      items.push(row)
      open = panel.collapsed === true ? null : row
    } else if (open !== null) open.setState({ children: [...open.state.children, itemOf(panel)] })
    else items.push(itemOf(panel))
  }
  return items
}

const itemOf = (panel: PanelJson): SceneGridItem =>
  new SceneGridItem({
    key: `place-${panel.id}`,
    x: panel.gridPos.x,
    y: panel.gridPos.y,
    width: panel.gridPos.w,
    height: panel.gridPos.h,
    isDraggable: false,
    isResizable: false,
    body: undefined,
  })

/** What is drawn in the place of a panel. */
export const vizPanelOf = (panel: PanelJson): VizPanel =>
  new VizPanel({
    key: `panel-${panel.id}`,
    title: panel.title,
    pluginId: panel.type,
    options: panel.options ?? {},
    fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
    ...(panel.description === undefined ? {} : { description: panel.description }),
    displayMode: panel.transparent === true ? 'transparent' : 'default',
    ...dataOf(panel),
  })

function dataOf(panel: PanelJson) {
  const kind = rendererOf(panel.type)
  if (kind === null || kind.asksNothing === true || kind.unsupported !== undefined) return {}
  return {
    $data: new SceneDataTransformer({
      $data: new SceneQueryRunner({
        datasource: { uid: 'prometheus', type: 'prometheus' },
        queries: [...(panel.targets ?? [])],
        maxDataPointsFromWidth: panel.maxDataPoints === undefined,
        ...(panel.maxDataPoints === undefined ? {} : { maxDataPoints: panel.maxDataPoints }),
        ...(panel.interval === undefined ? {} : { minInterval: panel.interval }),
      }),
      transformations: [...(panel.transformations ?? [])],
    }),
  }
}

function variableOf(variable: VariableJson): QueryVariable[] {
  if (variable.type !== 'query') return []
  const { name, label, hide, multi, includeAll, allValue, regex, sort, query } = variable
  const first = multi === true ? (includeAll ? [allOption] : []) : includeAll ? allOption : ''
  return [
    new QueryVariable({
      name,
      ...(label === undefined ? {} : { label }),
      hide: hide ?? 0,
      datasource: { uid: 'prometheus', type: 'prometheus' },
      query: typeof query === 'string' ? query : (query?.query ?? ''),
      isMulti: multi === true,
      includeAll: includeAll === true,
      ...(allValue === undefined ? {} : { allValue }),
      value: first,
      text: first,
      regex: regex ?? '',
      sort: sort ?? 0,
      // Values that appear later are picked up when the time range changes or is refreshed.
      refresh: VariableRefresh.onTimeRangeChanged,
    }),
  ]
}

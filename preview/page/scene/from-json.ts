import { rangeUtil } from '@grafana/data'
import {
  behaviors,
  type EmbeddedScene,
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
import { DashboardCursorSync } from '@grafana/schema'
import { isWeekStart } from '@grafana/ui'
import { type DashboardJson, isRow, type PanelJson, type RowJson } from '../dashboard.ts'
import { rendererOf } from '../panels/renderers.ts'
import { linkedPanel } from './panel-links.tsx'
import { panelTime } from './panel-time.ts'
import { variableOf } from './variables.ts'

/** A dashboard's JSON as a scene: the places of its panels, its variables, time range and refresh. */
export function sceneOf(dashboard: DashboardJson): EmbeddedScene {
  const { refresh, timepicker, templating, graphTooltip } = dashboard
  return new Scene({
    $timeRange: timeRangeOf(dashboard),
    $variables: new SceneVariableSet({ variables: (templating?.list ?? []).flatMap(variableOf) }),
    $behaviors: [new behaviors.CursorSync({ key: 'pointer', sync: graphTooltip ?? DashboardCursorSync.Off })],
    controls: [
      new VariableValueSelectors({}),
      new SceneControlsSpacer(),
      ...(timepicker?.hidden === true
        ? []
        : [
            new SceneTimePicker({
              isOnCanvas: true,
              ...(timepicker?.quick_ranges === undefined ? {} : { quickRanges: [...timepicker.quick_ranges] }),
            }),
          ]),
      new SceneRefreshPicker({
        isOnCanvas: true,
        withText: true,
        refresh: refresh ?? '',
        intervals: refreshIntervals(timepicker?.refresh_intervals, refresh ?? ''),
      }),
    ],
    body: new SceneGridLayout({ isLazy: false, children: itemsOf(dashboard.panels) }),
  })
}

/** Those of the file, with its own: the library never runs a refresh that is not in its list. */
function refreshIntervals(given: readonly string[] = ['5s', '15s', '30s', '1m', '5m'], own: string): string[] {
  const all = own === '' || given.includes(own) ? [...given] : [...given, own]
  return all.sort((a, b) => rangeUtil.intervalToMs(a) - rangeUtil.intervalToMs(b))
}

function timeRangeOf({ time, timezone, weekStart, fiscalYearStartMonth, timepicker }: DashboardJson): SceneTimeRange {
  return new SceneTimeRange({
    from: time?.from ?? 'now-1h',
    to: time?.to ?? 'now',
    ...(timezone === undefined || timezone === '' ? {} : { timeZone: timezone }),
    ...(weekStart !== undefined && isWeekStart(weekStart) ? { weekStart } : {}),
    ...(fiscalYearStartMonth === undefined ? {} : { fiscalYearStartMonth }),
    ...(timepicker?.nowDelay === undefined ? {} : { UNSAFE_nowDelay: timepicker.nowDelay }),
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
export const vizPanelOf = (panel: PanelJson, isAsked: boolean): VizPanel =>
  linkedPanel(
    new VizPanel({
      key: `panel-${panel.id}`,
      title: panel.title,
      pluginId: panel.type ?? '',
      options: panel.options ?? {},
      fieldConfig: panel.fieldConfig ?? { defaults: {}, overrides: [] },
      ...(panel.description === undefined ? {} : { description: panel.description }),
      displayMode: panel.transparent === true ? 'transparent' : 'default',
      ...panelTime(panel),
      ...(isAsked ? dataOf(panel) : {}),
    }),
    panel.links,
  )

function dataOf(panel: PanelJson) {
  // The library never answers a question without queries.
  if (rendererOf(panel.type)?.asksNothing === true || (panel.targets ?? []).length === 0) return {}
  return {
    $data: new SceneDataTransformer({
      $data: new SceneQueryRunner({
        datasource: { uid: 'prometheus', type: 'prometheus' },
        queries: (panel.targets ?? []).map(({ datasource: _, ...target }) => target),
        maxDataPointsFromWidth: panel.maxDataPoints === undefined,
        ...(panel.maxDataPoints === undefined ? {} : { maxDataPoints: panel.maxDataPoints }),
        ...(panel.interval === undefined ? {} : { minInterval: panel.interval }),
      }),
      transformations: [...(panel.transformations ?? [])],
    }),
  }
}

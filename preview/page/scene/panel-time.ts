import { rangeUtil } from '@grafana/data'
import {
  type SceneTimeRangeState,
  SceneTimeRangeTransformerBase,
  sceneGraph,
  type VizPanelState,
} from '@grafana/scenes'
import { createElement } from 'react'
import type { PanelJson } from '../dashboard.ts'
import { type PanelTime, panelRange } from '../prometheus/panel-range.ts'

/** A panel's own time range, which follows the dashboard's; the panel says so in its header. */
export function panelTime(panel: PanelJson): Partial<Pick<VizPanelState, '$timeRange' | 'titleItems'>> {
  const { timeFrom = '', timeShift = '', hideTimeOverride } = panel
  if (timeFrom === '' && timeShift === '') return {}
  const words = [
    ...(timeFrom === '' ? [] : [rangeUtil.describeTextRange(timeFrom).display]),
    ...(timeShift === '' ? [] : [`timeshift -${timeShift}`]),
  ].join(' ')
  return {
    $timeRange: new PanelTimeRange({ timeFrom, timeShift }),
    ...(hideTimeOverride === true ? {} : { titleItems: createElement('span', { 'data-panel-time': true }, words) }),
  }
}

class PanelTimeRange extends SceneTimeRangeTransformerBase<SceneTimeRangeState & PanelTime> {
  constructor(own: PanelTime) {
    super({ from: 'now-1h', to: 'now', value: rangeUtil.convertRawToRange({ from: 'now-1h', to: 'now' }), ...own })
  }

  protected override ancestorTimeRangeChanged({ value, timeZone }: SceneTimeRangeState): void {
    const { timeFrom, timeShift } = this.state
    const own = { timeFrom: sceneGraph.interpolate(this, timeFrom), timeShift: sceneGraph.interpolate(this, timeShift) }
    this.setState({ value: panelRange(value, own, timeZone) })
  }
}

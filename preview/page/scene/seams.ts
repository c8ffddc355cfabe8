import { EventBusSrv, LoadingState, type PanelData } from '@grafana/data'
import { setAppEvents, setDataSourceSrv, setPluginImportUtils, setRunRequest, setTemplateSrv } from '@grafana/runtime'
import { sceneUtils } from '@grafana/scenes'
import { defer, delay, from, map, merge, of, share, takeUntil } from 'rxjs'
import { pluginOf, registerTransformations } from '../panels/plugin.ts'
import { PrometheusSource } from '../prometheus/source.ts'

/** A query that takes longer than this many milliseconds shows a loading indicator. */
const patience = 500

let source: PrometheusSource | null = null

/** Provides what a Grafana server's page gives the scenes library; called once, before the first scene. */
export function joinSeams(): void {
  registerTransformations()
  setAppEvents(new EventBusSrv())
  setPluginImportUtils({
    importPanelPlugin: async (id) => pluginOf(id),
    getPanelPluginFromCache: (id) => pluginOf(id),
  })
  setTemplateSrv({
    replace: (text) => text ?? '',
    getVariables: () => [],
    containsTemplate: () => false,
    updateTimeRange: () => {},
  })
  const last = new WeakMap<object, PanelData['series']>()
  setRunRequest((datasource, request) => {
    const asker = (request.scopedVars['__sceneObject']?.value as { valueOf(): object } | undefined)?.valueOf()
    const common = { timeRange: request.range, request }
    const answered = defer(() => from(datasource.query(request))).pipe(
      map(({ data, errors = [] }): PanelData => {
        if (asker !== undefined) last.set(asker, data)
        return {
          ...common,
          state: errors.length > 0 ? LoadingState.Error : LoadingState.Done,
          series: data,
          errors,
          ...(errors[0] === undefined ? {} : { error: errors[0] }),
        }
      }),
      share(),
    )
    const waiting: PanelData = {
      ...common,
      state: LoadingState.Loading,
      series: (asker === undefined ? undefined : last.get(asker)) ?? [],
    }
    return merge(answered, of(waiting).pipe(delay(patience), takeUntil(answered)))
  })
}

/** Registers Prometheus under the uid that dashboards use; `shortest` is its scrape interval. */
export function joinSource(shortest: string): void {
  if (source !== null) {
    source.interval = shortest
    return
  }
  const made = new PrometheusSource('prometheus', shortest)
  source = made
  sceneUtils.registerRuntimeDataSource({ dataSource: made as never })
  // Only the part of the service that the scenes library uses.
  setDataSourceSrv({
    get: async () => made,
    getInstanceSettings: () => ({ uid: made.uid, type: 'prometheus', name: 'Prometheus', meta: made.meta }),
    getList: () => [],
    reload: () => {},
  } as never)
}

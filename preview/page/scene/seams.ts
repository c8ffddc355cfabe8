import { EventBusSrv } from '@grafana/data'
import { setAppEvents, setDataSourceSrv, setPluginImportUtils, setRunRequest, setTemplateSrv } from '@grafana/runtime'
import { sceneUtils } from '@grafana/scenes'
import { knownPlugin, pluginOf, registerTransformations } from '../panels/plugin.ts'
import { ProxySource } from '../prometheus/source.ts'
import { askWithMemory } from './ask.ts'
import { joinRowHeadings } from './row-heading.tsx'

let source: ProxySource | null = null

/** Provides what a Grafana server's page gives the scenes library; called once, before the first scene. */
export function joinSeams(): void {
  registerTransformations()
  setAppEvents(new EventBusSrv())
  setPluginImportUtils({
    importPanelPlugin: pluginOf,
    getPanelPluginFromCache: knownPlugin,
  })
  setTemplateSrv({
    replace: (text) => text ?? '',
    getVariables: () => [],
    containsTemplate: () => false,
    updateTimeRange: () => {},
  })
  setRunRequest(askWithMemory())
  joinRowHeadings()
}

/** Registers the servers under the uid that dashboards use for Prometheus; `shortest` is its scrape interval. */
export function joinSource(shortest: string, declared: readonly string[]): void {
  const made = source ?? new ProxySource('prometheus')
  made.interval = shortest
  made.declared = declared
  if (source !== null) return
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

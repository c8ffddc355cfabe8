import {
  dataLinksOverrideProcessor,
  identityOverrideProcessor,
  numberOverrideProcessor,
  PanelPlugin,
  type PanelProps,
  PluginType,
  Registry,
  standardTransformers,
  standardTransformersRegistry,
  thresholdsOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data'
import type { ComponentType } from 'react'
import { customFields } from '../support/fields.ts'
import { framedPanel } from './framed.tsx'
import { optionDefaults } from './option-defaults.ts'
import { type PanelRenderer, rendererOf } from './renderers.ts'

const plugins = new Map<string, PanelPlugin>()

/** The panel plugin of a type for the scenes library; an unknown type says so instead of staying blank. */
export async function pluginOf(type: string): Promise<PanelPlugin> {
  const kind = rendererOf(type) ?? { unsupported: `The preview cannot draw panels of type '${type}'.` }
  const Draw = await kind.load?.()
  const plugin = knownPlugin(type) ?? made(type, kind, Draw)
  plugins.set(type, plugin)
  return plugin
}

/** The same, if it has been loaded. */
export const knownPlugin = (type: string): PanelPlugin | undefined => plugins.get(type)

/** Registers the transformations that dashboards use by their ids. */
export function registerTransformations(): void {
  standardTransformersRegistry.setInit(() => {
    const byId = new Map(Object.values(standardTransformers).map((one) => [one.id, one]))
    // The registry also describes editors; a page that only draws has none.
    return [...byId.values()].map((one) => ({
      id: one.id,
      name: one.name,
      transformation: () => Promise.resolve(one),
    })) as unknown as ReturnType<typeof standardTransformersRegistry.list>
  })
}

function made(type: string, kind: PanelRenderer, Draw: ComponentType<PanelProps> | undefined): PanelPlugin {
  const plugin = new PanelPlugin(framedPanel(type, kind, Draw))
  plugin.meta = {
    id: type,
    name: type,
    type: PluginType.panel,
    module: '',
    baseUrl: '',
    sort: 0,
    skipDataQuery: kind.asksNothing === true || kind.unsupported !== undefined,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '13.2.2',
    },
  }
  // A Grafana server derives all three from its editors; a page that only draws takes them from the names in the JSON.
  Object.defineProperty(plugin, 'defaults', { value: optionDefaults[type] ?? {} })
  Object.defineProperty(plugin, 'fieldConfigRegistry', { value: fieldOptions })
  Object.defineProperty(plugin, 'fieldConfigDefaults', {
    value: { defaults: { ...usual, ...kind.fieldDefaults }, overrides: [] },
  })
  return plugin
}

const usual = {
  color: { mode: 'thresholds' },
  mappings: [],
  thresholds: {
    mode: 'absolute',
    steps: [
      { value: Number.NEGATIVE_INFINITY, color: 'green' },
      { value: 80, color: 'red' },
    ],
  },
}

const standard = [
  ...['unit', 'displayName', 'noValue', 'color', 'description', 'filterable'].map((id) => [
    id,
    identityOverrideProcessor,
  ]),
  ...['min', 'max', 'decimals', 'fieldMinMax'].map((id) => [id, numberOverrideProcessor]),
  ['thresholds', thresholdsOverrideProcessor],
  ['mappings', valueMappingsOverrideProcessor],
  ['links', dataLinksOverrideProcessor],
] as const

const custom = customFields.map((id) => [id, identityOverrideProcessor] as const)

const option = (id: string, path: string, process: unknown, isCustom: boolean) => ({
  id,
  path,
  name: id,
  isCustom,
  process,
  shouldApply: () => true,
  settings: {},
})

/** What overrides may set, by the names used in a dashboard's JSON. */
const fieldOptions = new Registry(() => [
  ...standard.map(([id, process]) => option(id as string, id as string, process, false)),
  ...custom.map(([id, process]) => option(`custom.${id}`, id, process, true)),
])

import { SceneDataTransformer, type SceneObject, sceneGraph, VizPanel } from '@grafana/scenes'
import { type DrawnLimit, drawnLimitOf } from '../panels/limits.ts'

/** How many series to draw for a question; all if the panel calculates with them, or selects some, before it draws. */
export function limitFor(asker: SceneObject | null): DrawnLimit | undefined {
  if (asker === null) return undefined
  const transformer = asker.parent
  if (transformer instanceof SceneDataTransformer && !transformer.state.transformations.every(keepsSeries))
    return undefined
  const panel = sceneGraph.findObject(asker, (one) => one instanceof VizPanel)
  if (!(panel instanceof VizPanel) || namesFields(panel.state.options)) return undefined
  return drawnLimitOf(panel.state.pluginId)
}

/** Whether a transformation treats each series on its own, and leaves none out: the largest stay the largest. */
function keepsSeries(one: SceneDataTransformer['state']['transformations'][number]): boolean {
  if (!('id' in one)) return false
  if (one.disabled === true) return true
  if (one.id === 'organize') return !selects(one.options)
  return one.id === 'renameByRegex' || one.id === 'convertFieldType'
}

const selects = (options: { readonly excludeByName?: object; readonly includeByName?: object } | undefined): boolean =>
  [options?.excludeByName, options?.includeByName].some((names) => Object.values(names ?? {}).includes(true))

/** The largest series may not be those that a panel names. */
const namesFields = (options: { readonly reduceOptions?: { readonly fields?: string } }): boolean =>
  Boolean(options.reduceOptions?.fields)

import { SceneDataTransformer, type SceneObject, sceneGraph, VizPanel } from '@grafana/scenes'
import { type DrawnLimit, drawnLimitOf } from '../panels/limits.ts'

/** How many series to draw for a question; all if the panel calculates with them before it draws. */
export function limitFor(asker: SceneObject | null): DrawnLimit | undefined {
  if (asker === null) return undefined
  const transformer = asker.parent
  if (transformer instanceof SceneDataTransformer && transformer.state.transformations.length > 0) return undefined
  const panel = sceneGraph.findObject(asker, (one) => one instanceof VizPanel)
  if (!(panel instanceof VizPanel) || namesFields(panel.state.options)) return undefined
  return drawnLimitOf(panel.state.pluginId)
}

/** The largest series may not be those that a panel names. */
const namesFields = (options: { readonly reduceOptions?: { readonly fields?: string } }): boolean =>
  Boolean(options.reduceOptions?.fields)

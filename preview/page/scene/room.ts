import { type EmbeddedScene, SceneGridItem, type SceneGridLayout, SceneGridRow } from '@grafana/scenes'
import { createContext } from 'react'

/** Gives the panel with this id at least this inner height in pixels; 0 restores the height that the dashboard sets. */
type MakeRoom = (panel: number, pixels: number) => void

export const RoomContext = createContext<MakeRoom>(() => {})

/** In a narrow window the legend is below the curves: the panel grows by its height, so that neither is cut off. */
export function roomIn(scene: EmbeddedScene): MakeRoom {
  const layout = scene.state.body as SceneGridLayout
  const items = layout.state.children.flatMap((one) => (one instanceof SceneGridRow ? one.state.children : [one]))
  const byKey = new Map(
    items.flatMap((item) =>
      item instanceof SceneGridItem ? [[item.state.key, { item, usual: item.state.height ?? 0 }] as const] : [],
    ),
  )
  return (panel, pixels) => {
    const found = byKey.get(`place-${panel}`)
    if (found === undefined) return
    const height = Math.max(found.usual, Math.ceil((pixels + header + gap) / (cell + gap)))
    if (height === found.item.state.height) return
    found.item.setState({ height })
    layout.forceRender()
  }
}

/** Pixels of the grid: a row, the gap between rows, and the height of a panel's title and border. */
const cell = 30
const gap = 8
const header = 50

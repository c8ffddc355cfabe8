import { type EmbeddedScene, SceneGridItem, type SceneGridLayout, SceneGridRow } from '@grafana/scenes'
import { createContext } from 'react'

/** Gives the panel of an id at least so many pixels of height inside; 0 gives it back the height of its dashboard. */
type MakeRoom = (panel: number, pixels: number) => void

export const RoomContext = createContext<MakeRoom>(() => {})

/** On a narrow window a legend stands under its curves: the panel grows by it, so that neither is cut. */
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

/** Pixels of the grid: a row, what lies between two, and what a panel's title and edge take. */
const cell = 30
const gap = 8
const header = 50

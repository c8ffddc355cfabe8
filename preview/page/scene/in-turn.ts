import { LoadingState } from '@grafana/data'
import { type EmbeddedScene, SceneGridItem, type SceneGridLayout, SceneGridRow, type VizPanel } from '@grafana/scenes'
import { type DashboardJson, type PanelJson, panelsOf } from '../dashboard.ts'
import { panelOf } from './from-json.ts'

/** The part of the page that is visible without scrolling, in pixels. */
interface Screen {
  readonly width: number
  readonly height: number
}

/** Milliseconds after which the other panels no longer wait for the first screen. */
const patience = 1500

/**
 * Puts the panels into their places: those of the first screen at once, the others one after the other once those
 * have their data. The result stops it.
 */
export function addInTurn(scene: EmbeddedScene, dashboard: DashboardJson, screen: Screen): () => void {
  const { children } = (scene.state.body as SceneGridLayout).state
  const places = new Map(
    children
      .flatMap((one) => (one instanceof SceneGridRow ? one.state.children : [one]))
      .map((place) => [place.state.key, place]),
  )
  const add = (panel: PanelJson): VizPanel => {
    const body = panelOf(panel)
    const place = places.get(`place-${panel.id}`)
    if (place instanceof SceneGridItem) place.setState({ body })
    return body
  }
  const [first, others] = byScreen(panelsOf(dashboard), screen)
  const waiting = [...others]
  const wanted = new AbortController()
  const next = () => {
    const panel = wanted.signal.aborted ? undefined : waiting.shift()
    if (panel === undefined) return
    add(panel)
    whenIdle(next)
  }
  const drawn = Promise.all(first.map(add).map((panel) => answered(panel, wanted.signal)))
  Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, patience))]).then(() => whenIdle(next))
  return () => wanted.abort()
}

/** Pixels of a unit of the grid's height, and the width below which the grid has one column. */
const cell = 38
const narrow = 768

/** The panels of the first screen, and the others, from top to bottom. */
export function byScreen(
  panels: readonly PanelJson[],
  { width, height }: Screen,
): readonly [first: readonly PanelJson[], others: readonly PanelJson[]] {
  const sorted = [...panels].sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x)
  let top = 0
  const count = sorted.findIndex(({ gridPos }) => {
    const begins = width < narrow ? top : gridPos.y * cell
    top += gridPos.h * cell
    return begins > height
  })
  return count < 0 ? [sorted, []] : [sorted.slice(0, count), sorted.slice(count)]
}

/** Resolves when a panel has its data, or the reason why it has none. */
const answered = ({ state: { $data } }: VizPanel, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if ($data === undefined) return resolve()
    const told = $data.subscribeToState(({ data }) => {
      if (data?.state !== LoadingState.Done && data?.state !== LoadingState.Error) return
      told.unsubscribe()
      resolve()
    })
    signal.addEventListener('abort', () => told.unsubscribe())
  })

/** Calls it when the page has nothing else to do, or soon anyway. */
const whenIdle = (next: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(next, { timeout: 200 })
  else setTimeout(next, 20)
}

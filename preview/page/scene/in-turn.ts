import { LoadingState } from '@grafana/data'
import { type EmbeddedScene, SceneGridItem, type SceneGridLayout, SceneGridRow, type VizPanel } from '@grafana/scenes'
import { type DashboardJson, type PanelJson, panelsOf } from '../dashboard.ts'
import { shortcomingsOf } from '../support/dashboard.ts'
import { byScreen, type Screen } from './first-screen.ts'
import { vizPanelOf } from './from-json.ts'

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
  const shortcomings = shortcomingsOf(dashboard)
  const add = (panel: PanelJson): VizPanel => {
    const body = vizPanelOf(panel, shortcomings.get(panel.id)?.draws !== false)
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
    whenIdle(next, 500)
  }
  const drawn = Promise.all(first.map(add).map((panel) => answered(panel, wanted.signal)))
  Promise.race([drawn, new Promise((resolve) => setTimeout(resolve, patience))]).then(() => whenIdle(next, 3000))
  return () => wanted.abort()
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

/** Calls it when the page has nothing else to do, or after so many milliseconds anyway. */
function whenIdle(next: () => void, atLast: number): void {
  if ('requestIdleCallback' in window) requestIdleCallback(next, { timeout: atLast })
  else setTimeout(next, 20)
}

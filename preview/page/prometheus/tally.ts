import { rangeUtil } from '@grafana/data'
import { type DashboardJson, declaredIn, panelsOf } from '../dashboard.ts'
import { rendererOf, withoutNumbers } from '../panels/renderers.ts'
import { type PanelState, stateOf } from './state.ts'
import { askTargets } from './targets.ts'
import { firstChoices } from './variables.ts'

/** How many panels of a dashboard are in each state; empty panels count separately if they say what no data means. */
export interface Tally {
  readonly ok: number
  readonly expectedlyEmpty: number
  readonly empty: number
  readonly error: number
  readonly unsupported: number
  /** What is wrong, one sentence per reason. */
  readonly complaints: readonly string[]
}

/** Runs every query that a dashboard runs when it is opened. */
export async function tally(dashboard: DashboardJson, shortest: string): Promise<Tally> {
  const selections = { declared: declaredIn(dashboard), values: await firstChoices(dashboard) }
  const range = rangeUtil.convertRawToRange({
    from: dashboard.time?.from ?? 'now-1h',
    to: dashboard.time?.to ?? 'now',
  })
  const span = { from: range.from.valueOf(), to: range.to.valueOf(), points: 600, shortest, limit: { most: 100 } }
  const states = await Promise.all(
    panelsOf(dashboard).map(async (panel): Promise<readonly [string, PanelState]> => {
      const kind = rendererOf(panel.type)
      if (kind === null || kind.unsupported !== undefined)
        return [panel.title, { is: 'unsupported', words: kind?.unsupported ?? `unknown panel type '${panel.type}'` }]
      if (kind.asksNothing === true) return [panel.title, { is: 'ok' }]
      const { frames, errors } = await askTargets(panel.targets ?? [], selections, span)
      return [panel.title, stateOf(frames, errors, withoutNumbers(kind, panel))]
    }),
  )
  const count = (wanted: (state: PanelState) => boolean) => states.filter(([, state]) => wanted(state)).length
  return {
    ok: count(({ is }) => is === 'ok'),
    expectedlyEmpty: count((state) => state.is === 'empty' && state.declared),
    empty: count((state) => state.is === 'empty' && !state.declared),
    error: count(({ is }) => is === 'error'),
    unsupported: count(({ is }) => is === 'unsupported'),
    complaints: complaintsOf(states),
  }
}

/** What is wrong with each panel, or with several for the same reason. */
function complaintsOf(states: readonly (readonly [title: string, state: PanelState])[]): readonly string[] {
  const titles = new Map<string, string[]>()
  for (const [title, state] of states)
    if (state.is === 'error' || state.is === 'unsupported' || (state.is === 'empty' && !state.declared))
      titles.set(state.words, [...(titles.get(state.words) ?? []), title])
  return [...titles].map(([words, all]) => `${all.length > 2 ? `${all.length} panels` : all.join(', ')}: ${words}`)
}

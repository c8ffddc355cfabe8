import { rangeUtil } from '@grafana/data'
import { type DashboardJson, declaredIn, panelsOf } from '../dashboard.ts'
import { rendererOf, withoutNumbers } from '../panels/renderers.ts'
import { shortcomingsOf, shortcomingsOfPage } from '../support/dashboard.ts'
import { panelRange } from './panel-range.ts'
import { warningsIn } from './query-api.ts'
import { type PanelState, stateOf, withShortcoming, withWarnings } from './state.ts'
import { askTargets } from './targets.ts'
import { firstChoices } from './variables.ts'
import { noData, whyEmpty } from './why-empty.ts'

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
  const range = rangeUtil.convertRawToRange({
    from: dashboard.time?.from ?? 'now-1h',
    to: dashboard.time?.to ?? 'now',
  })
  const selections = { declared: declaredIn(dashboard), ...(await firstChoices(dashboard, range)) }
  const shortcomings = shortcomingsOf(dashboard)
  const states = await Promise.all(
    panelsOf(dashboard).map(async (panel): Promise<readonly [string, PanelState]> => {
      const kind = rendererOf(panel.type)
      const shortcoming = shortcomings.get(panel.id) ?? null
      if (kind === null || kind.asksNothing === true || shortcoming?.draws === false)
        return [panel.title, withShortcoming({ is: 'ok' }, shortcoming)]
      const { from, to } = panelRange(range, panel)
      const span = { from: from.valueOf(), to: to.valueOf(), points: 600, shortest, limit: { most: 100 } }
      const { frames, errors, remarks } = await askTargets(panel.targets ?? [], selections, span)
      const found = withWarnings(stateOf(frames, errors, withoutNumbers(kind, panel)), warningsIn(remarks))
      const state = withShortcoming(found, shortcoming)
      const isOpen = state.is === 'empty' && state.words === null
      return [panel.title, isOpen ? { ...state, words: await whyEmpty(panel.targets ?? [], span) } : state]
    }),
  )
  const count = (wanted: (state: PanelState) => boolean) => states.filter(([, state]) => wanted(state)).length
  return {
    ok: count(({ is }) => is === 'ok'),
    expectedlyEmpty: count((state) => state.is === 'empty' && state.declared),
    empty: count((state) => state.is === 'empty' && !state.declared),
    error: count(({ is }) => is === 'error'),
    unsupported: count(({ is }) => is === 'unsupported'),
    complaints: [...shortcomingsOfPage(dashboard), ...complaintsOf(states)],
  }
}

/** What is wrong with each panel, or with several for the same reason. */
function complaintsOf(states: readonly (readonly [title: string, state: PanelState])[]): readonly string[] {
  const titles = new Map<string, string[]>()
  for (const [title, state] of states)
    if (state.is === 'error' || state.is === 'unsupported' || (state.is === 'empty' && !state.declared))
      titles.set(state.words ?? noData, [...(titles.get(state.words ?? noData) ?? []), title])
  return [...titles].map(([words, all]) => `${all.length > 2 ? `${all.length} panels` : all.join(', ')}: ${words}`)
}

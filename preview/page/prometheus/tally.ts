import { type DataFrame, rangeUtil } from '@grafana/data'
import { type DashboardJson, declaredIn, type PanelJson, panelsOf } from '../dashboard.ts'
import { nothingToDraw } from '../panels/nothing-to-draw.ts'
import { type PanelRenderer, rendererOf, withoutNumbers } from '../panels/renderers.ts'
import { shownFrames, whyNoneShown } from '../panels/shown-frames.ts'
import { shortcomingsOf, shortcomingsOfPage } from '../support/dashboard.ts'
import { panelRange } from './panel-range.ts'
import { warningsIn } from './query-api.ts'
import { type PanelState, stateOf, withBlank, withShortcoming, withWarnings } from './state.ts'
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
      const ends = { from: from.valueOf(), to: to.valueOf() }
      const span = { ...ends, points: 600, shortest, panelStep: panel.interval, ...limitOf(panel) }
      const { frames, errors, remarks } = await askTargets(panel.targets ?? [], selections, span)
      const shown = shownByList(kind, frames, panel)
      const found = stateOf(shown, errors, withoutNumbers(kind, panel))
      const blank = withBlank(found, whyNoneShown(frames, shown, panel.options) ?? blankInList(shown, panel))
      const state = withShortcoming(withWarnings(blank, warningsIn(remarks)), shortcoming)
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

/** Transformations and names are not applied here, so that it is unknown which fields such a panel shows. */
const shownByList = (kind: PanelRenderer, frames: readonly DataFrame[], panel: PanelJson): readonly DataFrame[] =>
  isTransformed(panel) || JSON.stringify(panel.fieldConfig ?? {}).includes('"displayName"')
    ? frames
    : shownFrames(kind, frames, panel.options)

/** Overrides are not applied here either: a panel that has any may draw what its defaults hide. */
function blankInList(frames: readonly DataFrame[], panel: PanelJson): string | null {
  const { defaults, overrides = [] } = panel.fieldConfig ?? {}
  if (isTransformed(panel) || overrides.length > 0) return null
  const configured = frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => ({ ...field, config: { ...field.config, ...defaults } })),
  }))
  return nothingToDraw(panel.type, configured, panel.options)
}

const isTransformed = ({ transformations = [] }: PanelJson) => transformations.length > 0

/** All series if a panel names the fields that it shows: the largest may be others. */
const limitOf = ({ options }: { readonly options?: { readonly reduceOptions?: { readonly fields?: string } } }) =>
  options?.reduceOptions?.fields ? {} : { limit: { most: 100 } }

/** What is wrong with each panel, or with several for the same reason. */
function complaintsOf(states: readonly (readonly [title: string, state: PanelState])[]): readonly string[] {
  const titles = new Map<string, string[]>()
  for (const [title, state] of states)
    if (state.is === 'error' || state.is === 'unsupported' || (state.is === 'empty' && !state.declared))
      titles.set(state.words ?? noData, [...(titles.get(state.words ?? noData) ?? []), title])
  return [...titles].map(([words, all]) => `${all.length > 2 ? `${all.length} panels` : all.join(', ')}: ${words}`)
}

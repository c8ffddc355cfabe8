import type {
  AnnotationQuery,
  Dashboard,
  VariableModel,
} from '@grafana/schema/dist/esm/raw/dashboard/x/Dashboard_types.gen'
import {
  type AnnotationJson,
  type DashboardJson,
  isRow,
  type PanelJson,
  panelsOf,
  type VariableJson,
} from '../dashboard.ts'
import { labelQuery, namesIn } from '../prometheus/fill.ts'
import { shortcomingOf } from './panel.ts'
import { prometheusIn, sourceOf } from './queries.ts'
import { type Shortcoming, type SupportOf, undrawn } from './support.ts'

const dashboardSupport = {
  annotations: true,
  description: true,
  editable: true,
  fiscalYearStartMonth: true,
  gnetId: true,
  graphTooltip: true,
  id: true,
  links: true,
  liveNow: [false],
  panels: true,
  preload: true,
  refresh: true,
  revision: true,
  schemaVersion: true,
  snapshot: false,
  tags: true,
  templating: true,
  time: true,
  timepicker: true,
  timezone: true,
  title: true,
  uid: true,
  version: true,
  weekStart: true,
} satisfies SupportOf<Dashboard>

const variableSupport = {
  allValue: true,
  allowCustomValue: true,
  current: true,
  datasource: true,
  description: true,
  enableGroupBy: [false],
  hide: true,
  includeAll: true,
  label: true,
  multi: true,
  name: true,
  options: true,
  query: true,
  refresh: true,
  regex: true,
  regexApplyTo: ['value'],
  skipUrlSync: true,
  sort: true,
  staticOptions: false,
  staticOptionsOrder: true,
  type: true,
  valuesFormat: true,
} satisfies SupportOf<VariableModel>

const annotationSupport = {
  builtIn: true,
  datasource: true,
  enable: true,
  filter: false,
  hide: true,
  iconColor: true,
  name: true,
  placement: true,
  target: true,
  type: true,
  useValueForTime: ['', false],
} satisfies SupportOf<AnnotationQuery & { readonly useValueForTime: unknown }>

/** What is missing on the page beside its panels, one sentence each. */
export function shortcomingsOfPage(dashboard: DashboardJson): readonly string[] {
  const { annotations, templating, panels: _, ...own } = dashboard
  return [
    ...named('', undrawn(own, dashboardSupport, undefined)),
    ...(templating?.list ?? []).flatMap((variable) =>
      isNotFilled(variable) && variable.type !== 'datasource'
        ? [`The preview does not show the variable ${variable.name}: ${whyNotFilled(variable)}.`]
        : named(` of the variable ${variable.name}`, undrawn(variable, variableSupport, undefined)),
    ),
    ...(annotations?.list ?? []).flatMap(shortcomingsOfMarks),
  ]
}

/** What is missing in each panel, by the panel's id. */
export function shortcomingsOf(dashboard: DashboardJson): ReadonlyMap<number, Shortcoming> {
  const variables = (dashboard.templating?.list ?? []).filter(isNotFilled)
  const asked = askedOf(panelsOf(dashboard).flatMap(prometheusIn))
  const found = new Map<number, Shortcoming>()
  const look = (panel: PanelJson, repeat: string | undefined) => {
    const own = shortcomingOf(panel)
    const why = own?.draws === false ? null : (whyNotAsked(panel, variables) ?? whyElsewhere(panel, asked))
    if (why !== null) found.set(panel.id, { words: why, draws: false })
    else if (own?.draws === false || !repeat) {
      if (own !== null) found.set(panel.id, own)
    } else {
      const words = `The preview does not draw repeat of the row by ${repeat}: Grafana shows one row for each.`
      found.set(panel.id, { words: own === null ? words : `${own.words} ${words}`, draws: true })
    }
  }
  let repeated: string | undefined
  for (const one of dashboard.panels)
    if (isRow(one)) {
      repeated = one.repeat
      for (const panel of one.panels ?? []) look(panel, one.repeat)
    } else look(one, repeated)
  return found
}

const filled = ['custom', 'constant', 'interval', 'textbox']

const isNotFilled = (variable: VariableJson) =>
  variable.type === 'query' ? labelQuery(variable) === null : !filled.includes(variable.type)

const whyNotFilled = ({ type }: VariableJson) =>
  type === 'query' ? 'it knows only label_values(series, label)' : `it does not know the type ${type}`

/** Why a panel's queries would ask something else than in Grafana. */
function whyNotAsked({ targets = [] }: PanelJson, variables: readonly VariableJson[]): string | null {
  const shown = targets.filter(({ hide }) => hide !== true)
  const used = new Set(shown.flatMap(({ expr }) => namesIn(expr ?? '')))
  for (const variable of variables) {
    const { name, type, filters = [], current } = variable
    if (used.has(name)) return `The preview does not fill $${name}: ${whyNotFilled(variable)}.`
    const isApplied =
      (type === 'adhoc' && filters.length > 0) || (type === 'groupby' && (current?.value ?? '').length > 0)
    if (isApplied && shown.length > 0)
      return `The preview does not apply ${name} to the queries: ${whyNotFilled(variable)}.`
  }
  return null
}

/** The one Prometheus of a dashboard that the preview asks: that of botwatch's own dashboards, or the most frequent one. */
function askedOf(uids: readonly string[]): string | undefined {
  if (uids.includes('prometheus')) return 'prometheus'
  const times = (uid: string) => uids.filter((one) => one === uid).length
  return [...new Set(uids)].sort((a, b) => times(b) - times(a))[0]
}

function whyElsewhere(panel: PanelJson, asked: string | undefined): string | null {
  const other = prometheusIn(panel).find((uid) => uid !== asked)
  return other === undefined
    ? null
    : `The preview asks one Prometheus, which it takes for ${asked} in this dashboard, and this panel asks ${other}.`
}

function shortcomingsOfMarks(annotation: AnnotationJson): readonly string[] {
  const { name, enable, builtIn, datasource } = annotation
  if (enable === false || builtIn === 1) return []
  return sourceOf(datasource) === 'prometheus'
    ? named(` of the annotation ${name}`, undrawn(annotation, annotationSupport, undefined))
    : [`The preview does not mark ${name}: it has no data source of type ${sourceOf(datasource)}.`]
}

const named = (of: string, missing: readonly string[]) =>
  missing.length === 0 ? [] : [`The preview does not know ${missing.join(', ')}${of}.`]

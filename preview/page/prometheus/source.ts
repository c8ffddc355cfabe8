import type { DataQueryRequest, DataQueryResponse, MetricFindValue } from '@grafana/data'
import {
  MultiValueVariable,
  RuntimeDataSource,
  type SceneObject,
  SceneQueryRunner,
  type SceneVariable,
  sceneGraph,
} from '@grafana/scenes'
import type { DataQuery } from '@grafana/schema'
import type { AnswerRemark } from '../ask-proxy.ts'
import type { TargetJson, VariableJson } from '../dashboard.ts'
import type { Selection } from '../logs/fill-line-query.ts'
import { allOption, type Choices, chosenText, fillQuery, labelQuery, textValue } from './fill.ts'
import { limitFor } from './limit-for.ts'
import { fetchLabelValues } from './query-api.ts'
import { askTargets } from './targets.ts'
import { noOptions, noValue, selectionOf } from './variables.ts'

type Query = DataQuery & TargetJson

/** The answer to the queries of a panel, with what the servers say about it. */
export interface RemarkedResponse extends DataQueryResponse {
  readonly remarks: readonly AnswerRemark[]
}

/** Prometheus and the store of the bot's log lines, through the preview's proxies, as one data source for the scenes library: a panel may ask both. */
export class ProxySource extends RuntimeDataSource<Query> {
  /** The variables that the open dashboard declares, also those that the page does not support. */
  declared: readonly string[] = []

  constructor(uid: string) {
    super('prometheus', uid)
  }

  override async query(request: DataQueryRequest<Query>): Promise<RemarkedResponse> {
    const { range, maxDataPoints, targets, scopedVars } = request
    const asker = sceneObjectIn(scopedVars)
    const selections = { declared: this.declared, ...choicesFor(asker) }
    const { frames, errors, remarks } = await askTargets(targets, selections, {
      from: range.from.valueOf(),
      to: range.to.valueOf(),
      points: maxDataPoints ?? 600,
      shortest: this.interval ?? '15s',
      panelStep: asker instanceof SceneQueryRunner ? asker.state.minInterval : undefined,
      limit: limitFor(asker),
    })
    return { data: [...frames], errors: errors.map(({ refId, message }) => ({ refId, message })), remarks }
  }

  override async metricFindQuery(
    query: VariableJson['query'],
    options?: { readonly scopedVars?: DataQueryRequest['scopedVars'] },
  ): Promise<MetricFindValue[]> {
    const asked = labelQuery({ type: 'query', name: '', query })
    if (asked === null) throw new Error('The preview supports only variables of the form label_values(series, label).')
    const choices = choicesFor(sceneObjectIn(options?.scopedVars))
    const found = await fetchLabelValues(asked.label, fillQuery(asked.match, choices))
    return found.map((value) => ({ text: value, value }))
  }
}

/** What is selected of the variables that an object of the scene sees. */
export function choicesFor(object: SceneObject | null): Choices {
  const values = new Map<string, string>()
  const selected = new Map<string, Selection>()
  const missing = new Map<string, string>()
  const { variables } = object === null ? { variables: [] } : sceneGraph.getVariables(object).state
  for (const variable of variables) {
    const why = variable instanceof MultiValueVariable ? whyMissing(variable) : null
    if (why !== null) missing.set(variable.state.name, why)
    else {
      const { text, asSelected } = textsOf(variable)
      values.set(variable.state.name, text)
      selected.set(variable.state.name, asSelected)
    }
  }
  return { values, selected, missing }
}

/** A selection as text of PromQL, and as it is. */
function textsOf(variable: SceneVariable): { readonly text: string; readonly asSelected: Selection } {
  if (!(variable instanceof MultiValueVariable)) {
    const value = String(variable.getValue() ?? '')
    return { text: textValue(value), asSelected: selectionOf({}, value, []) }
  }
  const { state } = variable
  const shape = {
    type: 'query',
    name: state.name,
    multi: state.isMulti === true,
    includeAll: state.includeAll === true,
    ...(state.allValue === undefined ? {} : { allValue: state.allValue }),
  }
  const options = state.options.map(({ value }: { readonly value: unknown }) => String(value))
  const chosen = Array.isArray(state.value) ? state.value.map(String) : String(state.value)
  return { text: chosenText(shape, chosen, options), asSelected: selectionOf(shape, chosen, options) }
}

/** Why a variable has no value; null if it has one. */
function whyMissing({ state }: MultiValueVariable): string | null {
  const { name, type, value, options, allValue, error } = state
  const chosen = [value]
    .flat()
    .map(String)
    .filter((one) => one !== '')
  const hasValue = chosen.includes(allOption) ? options.length > 0 || Boolean(allValue) : chosen.length > 0
  if (hasValue) return null
  if (options.length > 0) return noValue(name, null)
  const query = 'query' in state && typeof state.query === 'string' ? state.query : ''
  return noValue(name, typeof error === 'string' && error !== '' ? error : noOptions(type, query))
}

/** The library passes the querying object as a scoped variable. */
export function sceneObjectIn(scopedVars: DataQueryRequest['scopedVars'] | undefined): SceneObject | null {
  const found = scopedVars?.['__sceneObject']?.value as { valueOf(): SceneObject } | undefined
  return found?.valueOf() ?? null
}

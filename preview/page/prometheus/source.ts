import type { DataQueryRequest, DataQueryResponse, MetricFindValue } from '@grafana/data'
import { MultiValueVariable, RuntimeDataSource, type SceneObject, sceneGraph } from '@grafana/scenes'
import type { DataQuery } from '@grafana/schema'
import type { TargetJson, VariableJson } from '../dashboard.ts'
import { chosenText, fill, labelQuery } from './fill.ts'
import { limitFor } from './limit-for.ts'
import { fetchLabelValues } from './query-api.ts'
import { askTargets } from './targets.ts'

type Query = DataQuery & TargetJson

/** Prometheus, through the preview's proxy, as a data source for the scenes library. */
export class PrometheusSource extends RuntimeDataSource<Query> {
  /** The variables that the open dashboard declares, also those that the page does not support. */
  declared: readonly string[] = []

  constructor(uid: string) {
    super('prometheus', uid)
  }

  override async query(request: DataQueryRequest<Query>): Promise<DataQueryResponse> {
    const { range, maxDataPoints, targets, scopedVars } = request
    const selections = { declared: this.declared, values: choicesFor(sceneObjectIn(scopedVars)) }
    const { frames, errors } = await askTargets(targets, selections, {
      from: range.from.valueOf(),
      to: range.to.valueOf(),
      points: maxDataPoints ?? 600,
      shortest: this.interval ?? '15s',
      limit: limitFor(sceneObjectIn(scopedVars)),
    })
    return { data: [...frames], errors: errors.map(({ refId, message }) => ({ refId, message })) }
  }

  override async metricFindQuery(
    query: VariableJson['query'],
    options?: { readonly scopedVars?: DataQueryRequest['scopedVars'] },
  ): Promise<MetricFindValue[]> {
    const asked = labelQuery({ type: 'query', name: '', query })
    if (asked === null) throw new Error('The preview supports only variables of the form label_values(series, label).')
    const values = choicesFor(sceneObjectIn(options?.scopedVars))
    const found = await fetchLabelValues(asked.label, fill(asked.match, values))
    return found.map((value) => ({ text: value, value }))
  }
}

/** The values of the variables that an object of the scene sees. */
export function choicesFor(object: SceneObject | null): ReadonlyMap<string, string> {
  if (object === null) return new Map()
  const { variables } = sceneGraph.getVariables(object).state
  return new Map(
    variables
      .filter((variable) => variable instanceof MultiValueVariable)
      .map(({ state }) => {
        const shape = {
          type: 'query',
          name: state.name,
          multi: state.isMulti === true,
          includeAll: state.includeAll === true,
          ...(state.allValue === undefined ? {} : { allValue: state.allValue }),
        }
        const options = state.options.map(({ value }: { readonly value: unknown }) => String(value))
        const chosen = Array.isArray(state.value) ? state.value.map(String) : String(state.value)
        return [state.name, chosenText(shape, chosen, options)] as const
      }),
  )
}

/** The library passes the querying object as a scoped variable. */
export function sceneObjectIn(scopedVars: DataQueryRequest['scopedVars'] | undefined): SceneObject | null {
  const found = scopedVars?.['__sceneObject']?.value as { valueOf(): SceneObject } | undefined
  return found?.valueOf() ?? null
}

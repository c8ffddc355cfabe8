import {
  VariableHide,
  type VariableModel,
  type VariableOption,
  VariableRefresh,
  VariableSort,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { seriesNames } from '../../../definitions/language/family.ts'
import { selector } from '../../../definitions/language/node.ts'
import type { BoardVariable } from '../../model/model.ts'
import { print } from '../../promql/print.ts'
import { capitalize } from '../../text/capitalize.ts'
import { prometheusDatasource } from './datasource.ts'
import type { PanelContext } from './drawing.ts'
import { matchersOf } from './narrow.ts'

/** The variables of a dashboard: environment, the targets' free labels, instance, then its own. */
export const variablesOf = (variables: readonly BoardVariable[], context: PanelContext): VariableModel[] => [
  environment(context),
  ...context.choices.free.map((label) => free(label, context)),
  instance(context),
  ...variables.map((variable) => own(variable, context)),
]

/** One at a time, since live and paper are never added up; a time range without data for it must not silently switch to another. */
const environment = ({ model }: PanelContext): VariableModel => ({
  ...asking('env', 'Environment', `up{job="${model.bot.name}"}`, 'env'),
  refresh: VariableRefresh.OnDashboardLoad,
  multi: false,
  includeAll: false,
  current: nothingYet,
})

const free = (label: string, { model }: PanelContext): VariableModel =>
  any(asking(label, capitalize(label.replaceAll('_', ' ')), `up{env="$env", job="${model.bot.name}"}`, label))

function instance({ model, choices }: PanelContext): VariableModel {
  const chosen = choices.free.map((label) => `${label}=~"$${label}", `).join('')
  return any(asking('instance', 'Instance', `up{${chosen}env="$env", job="${model.bot.name}"}`, 'instance'))
}

function own({ name, of }: BoardVariable, { choices }: PanelContext): VariableModel {
  const series = selector(seriesNames(of.metric)[0] ?? of.metric.name)
  const matchers = matchersOf(series, { ...choices, variables: [] })
  return any(asking(name, of.title, print({ ...series, matchers }), of.label))
}

/** Any number of values; All includes values that appear later. */
const any = (variable: VariableModel): VariableModel => ({
  ...variable,
  refresh: VariableRefresh.OnTimeRangeChanged,
  multi: true,
  includeAll: true,
  allValue: '.*',
  current: { text: ['All'], value: ['$__all'] },
})

/** Grafana picks the first value that exists. */
const nothingYet: VariableOption = { text: '', value: '' }

function asking(name: string, title: string, series: string, label: string): VariableModel {
  const query = `label_values(${series},${label})`
  return {
    type: VariableType.Query,
    name,
    label: title,
    datasource: prometheusDatasource,
    definition: query,
    query: { qryType: 1, query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
    hide: VariableHide.DontHide,
    options: [],
    regex: '',
    skipUrlSync: false,
    sort: VariableSort.AlphabeticalAsc,
  }
}

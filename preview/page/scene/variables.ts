import { VariableRefresh } from '@grafana/data'
import type { SceneVariable } from '@grafana/scenes'
import { ConstantVariable, CustomVariable, IntervalVariable, QueryVariable, TextBoxVariable } from '@grafana/scenes'
import { VariableHide } from '@grafana/schema'
import type { VariableJson } from '../dashboard.ts'
import { labelQuery } from '../prometheus/fill.ts'
import { intervalsIn, queryIn, savedIn, savedText } from '../prometheus/variables.ts'

/** A variable of a dashboard's JSON; none if the preview does not know its kind, which its panels then say. */
export function variableOf(variable: VariableJson): SceneVariable[] {
  const { type, name, label, hide, description, skipUrlSync } = variable
  const usual = {
    name,
    hide: hide ?? VariableHide.dontHide,
    ...(label === undefined ? {} : { label }),
    ...(description === undefined ? {} : { description }),
    ...(skipUrlSync === undefined ? {} : { skipUrlSync }),
  }
  switch (type) {
    case 'query':
      if (labelQuery(variable) === null) return []
      return [
        new QueryVariable({
          ...usual,
          ...selectionOf(variable),
          datasource: { uid: 'prometheus', type: 'prometheus' },
          query: queryIn(variable),
          regex: variable.regex ?? '',
          sort: variable.sort ?? 0,
          // Values that appear later are picked up when the time range changes or is refreshed.
          refresh: VariableRefresh.onTimeRangeChanged,
        }),
      ]
    case 'custom':
      return [
        new CustomVariable({
          ...usual,
          ...selectionOf(variable),
          query: queryIn(variable),
          valuesFormat: variable.valuesFormat ?? 'csv',
        }),
      ]
    case 'constant':
      return [new ConstantVariable({ ...usual, hide: hide ?? VariableHide.hideVariable, value: savedText(variable) })]
    case 'textbox':
      return [new TextBoxVariable({ ...usual, value: savedText(variable) })]
    case 'interval':
      return [
        new IntervalVariable({
          ...usual,
          intervals: [...intervalsIn(variable)],
          value: savedText({ ...variable, query: '' }).replace(/^\$__auto.*$/, '$__auto'),
          autoEnabled: variable.auto === true,
          autoStepCount: variable.auto_count ?? 30,
          autoMinInterval: variable.auto_min ?? '10s',
        }),
      ]
    default:
      return []
  }
}

function selectionOf(variable: VariableJson) {
  const { multi, includeAll, allValue } = variable
  const saved = savedIn(variable)
  const value = typeof saved === 'string' ? saved : [...saved]
  return {
    isMulti: multi === true,
    includeAll: includeAll === true,
    ...(allValue === undefined ? {} : { allValue }),
    value,
    text: value,
  }
}

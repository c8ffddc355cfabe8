import type { LineFilter } from '../../../definitions/language/log-query.ts'
import { filterFields } from '../../logsql/filter-fields.ts'
import { logsTokens } from '../../logsql/tokens.ts'
import { type DashboardFilters, jobOfMetric } from './narrow.ts'

/**
 * The filter with the dashboard's variables, as `narrow` has for PromQL: for the process, and for each field that has the label
 * of a variable and that it does not ask for already. Lines of events without that field stay.
 */
export function narrowLines(filter: LineFilter, choices: DashboardFilters): LineFilter {
  const asked = new Set([
    ...filter.where.map(({ field }) => field),
    ...filter.logsql.flatMap((text) => filterFields(logsTokens(text).tokens).asked.map(({ field }) => field.text)),
  ])
  const chosen = variablesOf(choices)
    .filter(({ label }) => !asked.has(label))
    .flatMap(({ name, label }) => {
      const without = filter.events.filter(({ fields }) => !Object.hasOwn(fields, label))
      // The plugin makes in("a","b") of it, and in(*), which every line matches, if all are chosen.
      const matches = `${label}:in($${name})`
      if (label === 'instance') return [matches]
      if (without.length === filter.events.length) return []
      if (without.length === 0) return [matches]
      return [`event:in(${without.map((event) => JSON.stringify(event.name)).join(', ')}) or ${matches}`]
    })
  return Object.freeze({ ...filter, logsql: Object.freeze([...chosen, ...filter.logsql]) })
}

/** The variables whose values the fields of lines can have, each with its label. */
const variablesOf = ({ bot, sources, variables, free }: DashboardFilters) => [
  ...['instance', ...free].map((label) => ({ name: label, label })),
  ...variables
    .filter(({ of }) => jobOfMetric(of.metric, sources) === bot)
    .map(({ name, of }) => ({ name, label: of.label })),
]

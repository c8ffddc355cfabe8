import type { DashboardJson } from '../dashboard.ts'
import { allOption, chosenText, fill, labelQuery } from './fill.ts'
import { fetchLabelValues } from './query-api.ts'

/** The values of a dashboard's variables when it is opened: all if it can be selected, else the first value. */
export async function firstChoices(dashboard: DashboardJson): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>()
  for (const variable of dashboard.templating?.list ?? []) {
    const asked = labelQuery(variable)
    if (asked === null) continue
    const options = await fetchLabelValues(asked.label, fill(asked.match, values))
    values.set(variable.name, chosenText(variable, variable.includeAll ? allOption : (options[0] ?? ''), options))
  }
  return values
}

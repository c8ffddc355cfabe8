import type { Dashboard } from '../dashboard.ts'
import { labelValues } from './ask.ts'
import { all, chosenText, fill, labelQuery } from './fill.ts'

/** What stands for a dashboard's variables when it is opened: all where all can be chosen, else the first value. */
export async function firstChoices(dashboard: Dashboard): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>()
  for (const variable of dashboard.templating?.list ?? []) {
    const asked = labelQuery(variable)
    if (asked === null) continue
    const options = await labelValues(asked.label, fill(asked.match, values))
    values.set(variable.name, chosenText(variable, variable.includeAll ? all : (options[0] ?? ''), options))
  }
  return values
}

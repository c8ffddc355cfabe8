import type { Metric } from '../definitions/language/metric.ts'
import { familyName } from './format.ts'
import { words } from './handles.ts'
import { quoted, shown } from './shown.ts'

/** A metric of a catalogue, and what keeps it from being used. */
export interface Definition {
  readonly key: string
  readonly metric: Metric
  readonly faults: readonly string[]
}

/** All that a catalogue holds, each with its faults; nothing is left out. */
export function definitionsOf(catalogue: object): readonly Definition[] {
  const taken = new Map<string, string>()
  return Object.entries(catalogue).map(([key, given]): Definition => {
    const metric = given as Metric
    if (typeof given !== 'object' || given === null || typeof metric.kind !== 'string' || metric.name === undefined)
      return { key, metric, faults: [`${quoted(key)} is ${shown(given)}, expected a metric such as counter({ … })`] }
    if (metric.name === '')
      return { key, metric, faults: [`${quoted(key)} has no name: give it one with catalogue(prefix, { … })`] }
    const faults = metric.faults.map(({ message, fix }) => `${message}; ${fix}`)
    if (words.some((word) => word === key))
      faults.push(`${metric.name} has the key '${key}', which is a word of createMetrics; call it something else`)
    for (const name of namesOf(metric)) {
      const other = taken.get(name)
      if (other !== undefined && other !== metric.name)
        faults.push(`${metric.name} and ${other} would both expose ${name}; rename one of them`)
      else if (other !== undefined) faults.push(`${metric.name} is declared twice; leave one of them out`)
      taken.set(name, metric.name)
    }
    return { key, metric, faults: [...new Set(faults)] }
  })
}

/** Every name that a metric takes in either format. */
function namesOf(metric: Metric): readonly string[] {
  const { name, kind } = metric
  if (kind === 'histogram') return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`]
  const family = familyName(metric)
  return family === name ? [name] : [name, family]
}

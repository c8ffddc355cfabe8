import { clashing } from '../definitions/language/family.ts'
import type { Fault } from '../definitions/language/fault.ts'
import type { Metric } from '../definitions/language/metric.ts'
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
  const taken = new Set<string>()
  const clashes = clashing()
  return Object.entries(catalogue).map(([key, given]): Definition => {
    const metric = given as Metric
    if (typeof given !== 'object' || given === null || typeof metric.kind !== 'string' || metric.name === undefined)
      return { key, metric, faults: [`${quoted(key)} is ${shown(given)}, expected a metric such as counter({ … })`] }
    if (metric.name === '')
      return { key, metric, faults: [`${quoted(key)} has no name: give it one with catalogue(prefix, { … })`] }
    const faults = metric.faults.map(sentence)
    if (words.some((word) => word === key))
      faults.push(`${metric.name} has the key '${key}', which is a word of createMetrics; call it something else`)
    faults.push(...clashes(metric).map(sentence))
    if (taken.has(metric.name)) faults.push(`${metric.name} is declared twice; leave one of them out`)
    taken.add(metric.name)
    return { key, metric, faults: [...new Set(faults)] }
  })
}

const sentence = ({ message, fix }: Fault): string => `${message}; ${fix}`

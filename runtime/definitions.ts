import { clashing } from '../definitions/language/family.ts'
import type { Fault } from '../definitions/language/fault.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { words } from './handles.ts'
import { quoted, shown } from './shown.ts'

/** An entry of a catalogue, with the faults that make it unusable. */
export interface Definition {
  readonly key: string
  readonly metric: Metric
  readonly faults: readonly string[]
}

/** Every entry of a catalogue with its faults; none is skipped. */
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
      faults.push(`${metric.name} has the key '${key}', which createMetrics reserves; choose another key`)
    faults.push(...clashes(metric).map(sentence))
    if (taken.has(metric.name)) faults.push(`${metric.name} is declared twice; remove one of them`)
    taken.add(metric.name)
    return { key, metric, faults: [...new Set(faults)] }
  })
}

const sentence = ({ message, fix }: Fault): string => `${message}; ${fix}`

import type { Defect } from '../definitions/language/defect.ts'
import { clashFinder } from '../definitions/language/family.ts'
import type { Metric } from '../definitions/language/metric.ts'
import { display, quote } from './display.ts'
import { reservedKeys } from './handles.ts'

/** An entry of a catalogue, with the defects that make it unusable. */
export interface Definition {
  readonly key: string
  readonly metric: Metric
  readonly defects: readonly string[]
}

/** Every entry of a catalogue with its defects; none is skipped. */
export function definitionsOf(catalogue: object): readonly Definition[] {
  const taken = new Set<string>()
  const clashes = clashFinder()
  return Object.entries(catalogue).map(([key, given]): Definition => {
    const metric = given as Metric
    if (typeof given !== 'object' || given === null || typeof metric.kind !== 'string' || metric.name === undefined)
      return { key, metric, defects: [`${quote(key)} is ${display(given)}, expected a metric such as counter({ … })`] }
    if (metric.name === '')
      return { key, metric, defects: [`${quote(key)} has no name: give it one with catalogue(prefix, { … })`] }
    const defects = metric.defects.map(sentence)
    if (reservedKeys.some((word) => word === key))
      defects.push(`${metric.name} has the key '${key}', which createMetrics reserves; choose another key`)
    defects.push(...clashes(metric).map(sentence))
    if (taken.has(metric.name)) defects.push(`${metric.name} is declared twice; remove one of them`)
    taken.add(metric.name)
    return { key, metric, defects: [...new Set(defects)] }
  })
}

const sentence = ({ message, fix }: Defect): string => `${message}; ${fix}`

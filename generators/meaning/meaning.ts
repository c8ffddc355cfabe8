import type { Metric } from '../../definitions/language/metric.ts'
import type { Node } from '../../definitions/language/node.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import type { ValueType } from '../promql/functions.ts'
import { type Interval, isEmpty, whatever } from './interval.ts'
import { combinations, impossible, type LabelDomains, noLabels } from './labels.ts'

/** Why an expression can yield nothing at some moment. */
export type Absence =
  /** Its target is down or not scraped. */
  | 'down'
  /** The bot has not set it yet, or a value of an open label has not occurred. */
  | 'unset'
  /** A comparison or a set operator dropped it, the other side had no match, or there were too few samples. */
  | 'filtered'

/** What is known about an expression before anything runs. */
export interface Meaning {
  readonly node: Node
  readonly type: ValueType
  /** Labels of its series, including `__name__`; none for numbers and strings. */
  readonly labels: LabelDomains
  /** Labels that distinguish its series at any moment: no two have the same values for them; null if unknown. */
  readonly key: readonly string[] | null
  /** Null if unknown, as for a bare number. */
  readonly unit: Unit<string> | null
  /** Whether its numbers are on the scale of the unit: a bare factor may have changed it. */
  readonly toScale: boolean
  /** The histogram whose buckets these are; null if they are not buckets. */
  readonly buckets: Metric | null
  /** The values it can have; for a range vector, those of each sample. */
  readonly values: Interval
  /** Why it can yield nothing; empty if it always yields something. */
  readonly absent: readonly Absence[]
  /** Why it can never yield anything; null if it can. */
  readonly never: string | null
  /** The maximum number of series. */
  readonly series: number
  /** The maximum number of samples per series; 1 if it is not a range vector. */
  readonly samples: number
  /** The meanings of the nodes directly below, left to right. */
  readonly of: readonly Meaning[]
}

/** A meaning from its particular properties; the rest follows. */
export function meaning(given: Pick<Meaning, 'node'> & Partial<Meaning>): Meaning {
  const labels = given.labels ?? noLabels
  const values = given.values ?? whatever
  const label = impossible(labels)
  // fields are listed one by one so that all meanings have the same shape, which engines read faster than a spread
  return Object.freeze({
    node: given.node,
    type: given.type ?? 'vector',
    labels,
    key: given.key ?? null,
    unit: given.unit ?? null,
    toScale: given.toScale ?? true,
    buckets: labels.has('le') ? (given.buckets ?? null) : null,
    values,
    absent: given.absent ?? nothing,
    never:
      given.never ??
      (label !== null ? `no series has a matching ${label}` : isEmpty(values) ? 'no value is left' : null),
    series: Math.min(given.series ?? Infinity, combinations(labels)),
    samples: given.samples ?? 1,
    of: given.of ?? nothing,
  })
}

const nothing: readonly never[] = Object.freeze([])

/** The reasons of several, each once, in a fixed order. */
export const joinedAbsence = (...all: readonly (readonly Absence[])[]): readonly Absence[] => {
  let found = 0
  for (const one of all) for (const reason of one) found |= bits[reason]
  return absences[found] as readonly Absence[]
}
const bits: Readonly<Record<Absence, number>> = { down: 1, filtered: 2, unset: 4 }
/** Every combination of reasons, by the sum of their bits. */
const absences: readonly (readonly Absence[])[] = Array.from({ length: 8 }, (_, sum) =>
  Object.freeze((Object.keys(bits) as Absence[]).filter((reason) => (sum & bits[reason]) !== 0)),
)

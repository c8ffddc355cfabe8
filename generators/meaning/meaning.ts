import type { Metric } from '../../definitions/language/metric.ts'
import type { Node } from '../../definitions/language/node.ts'
import type { Unit } from '../../definitions/language/unit.ts'
import type { ValueType } from '../promql/functions.ts'
import { type Interval, isEmpty, whatever } from './interval.ts'
import { combinations, impossible, type Labels, noLabels } from './labels.ts'

/** Why an expression may yield nothing at a moment. */
export type Absence =
  /** Its target is not scraped, or is down. */
  | 'down'
  /** The bot has not set it yet, or a value of an open label has not occurred. */
  | 'unset'
  /** A comparison or a set operator left it out, nothing stood on the other side, or there were too few samples. */
  | 'filtered'

/** What is known of an expression before anything runs. */
export interface Meaning {
  readonly node: Node
  readonly type: ValueType
  /** Labels of its series, `__name__` among them; none for numbers and strings. */
  readonly labels: Labels
  /** Labels that tell its series apart at a moment: no two have the same values of them; null where that is not known. */
  readonly key: readonly string[] | null
  /** Null where nothing is known, as for a bare number. */
  readonly unit: Unit<string> | null
  /** Whether its numbers are on the scale of the unit: a bare factor may have changed it. */
  readonly toScale: boolean
  /** The histogram whose buckets these are; null where they are none. */
  readonly buckets: Metric | null
  /** The values it can have; for a range of samples, that each sample can have. */
  readonly values: Interval
  /** Why it may yield nothing; empty where it is sure to yield something. */
  readonly absent: readonly Absence[]
  /** Why it can never yield anything; null where it can. */
  readonly never: string | null
  /** At most so many series. */
  readonly series: number
  /** At most so many samples of each series; 1 for what is no range. */
  readonly samples: number
  /** The meanings of the nodes directly below, left to right. */
  readonly of: readonly Meaning[]
}

/** A meaning from what is particular about it; the rest follows. */
export function meaning(given: Pick<Meaning, 'node'> & Partial<Meaning>): Meaning {
  const labels = given.labels ?? noLabels
  const values = given.values ?? whatever
  const label = impossible(labels)
  // each field by itself: all meanings then have one shape, which engines read faster than what was spread
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
      given.never ?? (label !== null ? `no series has such a ${label}` : isEmpty(values) ? 'no value is left' : null),
    series: Math.min(given.series ?? Infinity, combinations(labels)),
    samples: given.samples ?? 1,
    of: given.of ?? nothing,
  })
}

const nothing: readonly never[] = Object.freeze([])

/** All the reasons of several, each once, in their order. */
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

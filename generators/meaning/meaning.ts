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
  return Object.freeze({
    type: 'vector',
    unit: null,
    toScale: true,
    absent: [],
    samples: 1,
    of: [],
    ...given,
    labels,
    key: given.key === undefined ? null : given.key,
    values,
    buckets: labels.has('le') ? (given.buckets ?? null) : null,
    never:
      given.never ?? (label !== null ? `no series has such a ${label}` : isEmpty(values) ? 'no value is left' : null),
    series: Math.min(given.series ?? Infinity, combinations(labels)),
  })
}

export const joinedAbsence = (...all: readonly (readonly Absence[])[]): readonly Absence[] =>
  [...new Set(all.flat())].sort()

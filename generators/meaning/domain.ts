import type { Matcher } from '../../definitions/language/node.ts'
import { anchoredRegex } from '../promql/regex.ts'

/**
 * The values that a label of a set of series can have. `values` lists all of them, null if any text is possible; values that were
 * only `seen` are not all. `empty` means that some series may lack the label, `max` is the number of values at a time.
 */
export interface Domain {
  readonly values: readonly string[] | null
  readonly seen: boolean
  readonly empty: boolean
  readonly max: number
}

const domain = (values: readonly string[] | null, seen: boolean, empty: boolean, max: number): Domain =>
  Object.freeze({ values: values === null ? null : Object.freeze([...values]), seen, empty, max })

/** All values are known. */
export const closedDomain = (...values: readonly string[]): Domain => domain(values, false, false, values.length)
/** Any value, at most `max` at a time. */
export const anyDomain = (max = Infinity): Domain => domain(null, false, false, max)
/** These values were seen, and others are possible. */
export const observedDomain = (...values: readonly string[]): Domain => domain(values, true, false, Infinity)
/** The label never exists. */
export const missingDomain: Domain = domain([], false, true, 0)
export const optional = (of: Domain): Domain => (of.empty ? of : domain(of.values, of.seen, true, of.max))

/** The same domain with `times` as many values at a time. */
export const oftener = (of: Domain, times: number): Domain => domain(of.values, of.seen, of.empty, of.max * times)

/** All possible values; null if others are possible. */
export const knownValues = (of: Domain): readonly string[] | null => (of.seen ? null : of.values)
/** Whether no series can match it, not even one without the label. */
export const isNever = (of: Domain): boolean => !of.empty && knownValues(of)?.length === 0
/** Whether the label never exists. */
export const isMissing = (of: Domain): boolean => of.empty && knownValues(of)?.length === 0
/** The one value that every series has; null if there is no such value. */
export const pinnedValue = (of: Domain): string | null =>
  of.empty || knownValues(of)?.length !== 1 ? null : (of.values?.[0] ?? null)
/** The number of different values at a time, counting a missing label as one. */
export const sizeOf = (of: Domain): number => Math.min(knownValues(of)?.length ?? Infinity, of.max) + (of.empty ? 1 : 0)

/** The values that both can have. */
export function intersection(a: Domain, b: Domain): Domain {
  const empty = a.empty && b.empty
  const max = Math.min(a.max, b.max)
  const [ours, theirs] = [knownValues(a), knownValues(b)]
  if (ours === null && theirs === null) return domain(a.values ?? b.values, a.seen || b.seen, empty, max)
  if (ours === null) return domain(theirs, false, empty, max)
  return domain(theirs === null ? ours : ours.filter((value) => theirs.includes(value)), false, empty, max)
}

/** The values that either can have. */
export function union(a: Domain, b: Domain): Domain {
  const values = a.values === null || b.values === null ? null : [...new Set([...a.values, ...b.values])]
  return domain(values, values !== null && (a.seen || b.seen), a.empty || b.empty, a.max + b.max)
}

/** The part of a domain that a matcher selects. */
export function matchingDomain(of: Domain, { op, value }: Pick<Matcher, 'op' | 'value'>): Domain {
  switch (op) {
    case '=':
      if (value === '') return of.empty ? missingDomain : domain([], false, false, 0)
      return knownValues(of)?.includes(value) === false ? domain([], false, false, 0) : closedDomain(value)
    case '!=':
      return domain(without(of, value), of.seen, of.empty && value !== '', of.max)
    case '=~':
    case '!~': {
      const asked = anchoredRegex(value)
      if (asked === null) return of
      const takes = (text: string) => asked.test(text) === (op === '=~')
      const all = knownValues(of)
      const empty = of.empty && takes('')
      if (all !== null) return domain(all.filter(takes), false, empty, of.max)
      const listed = op === '=~' ? alternatives(value) : null
      if (listed !== null) return domain(listed, false, empty, Math.min(of.max, listed.length))
      return domain(of.values?.filter(takes) ?? null, of.seen, empty, of.max)
    }
  }
}
const without = (of: Domain, value: string) => of.values?.filter((one) => one !== value) ?? null

/** The values of an expression such as `a|b\.c`; null if it is more than a list. */
export function alternatives(source: string): readonly string[] | null {
  const parts = source.replace(/^\(\?:(.*)\)$/s, '$1').split('|')
  const literal = parts.map((part) => part.replace(/\\([^a-zA-Z0-9])/g, '$1'))
  const isPlain = (part: string) => !/[.*+?^${}()[\]\\]/.test(part.replace(/\\[^a-zA-Z0-9]/g, ''))
  return parts.every(isPlain) && literal.every((value) => value !== '') ? [...new Set(literal)] : null
}

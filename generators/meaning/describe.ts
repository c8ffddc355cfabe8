import { unitName } from '../text/unit-name.ts'
import { type Domain, knownValues } from './domain.ts'
import { hasNumber, type Interval } from './interval.ts'
import type { Absence, Meaning } from './meaning.ts'

/** The values of a label, such as `live | paper` or `any, at most 41`, and whether it may be missing. */
export function describeDomain(of: Domain): string {
  const values = knownValues(of)
  const shown = (all: readonly string[]) =>
    all.length > 8 ? `${all.slice(0, 8).join(' | ')} | … (${all.length})` : all.join(' | ')
  const text =
    values !== null
      ? values.length === 0
        ? 'no value'
        : shown(values)
      : of.seen
        ? `${shown(of.values ?? [])}, and others`
        : of.max === Infinity
          ? 'any'
          : `any, at most ${of.max}`
  return of.empty ? `${text}, or missing` : text
}

/** The label names of a meaning except `__name__`; one that may be missing has a question mark. */
export const labelNames = ({ labels }: Meaning): readonly string[] =>
  [...labels]
    .filter(([label]) => label !== '__name__')
    .map(([label, { empty }]) => (empty ? `${label}?` : label))
    .sort()

/** The possible values, in words. */
export function describeValues({ lo, hi, infinite, nan }: Interval): string {
  const or = (text: string) =>
    [text, ...(infinite ? ['infinite'] : []), ...(nan ? ['NaN'] : [])].filter((word) => word !== '').join(', or ')
  if (!hasNumber({ lo, hi, infinite, nan })) return nan ? 'NaN' : 'none'
  if (lo === hi) return nan ? `${numberText(lo)}, or NaN` : `always ${numberText(lo)}`
  if (lo === -Infinity && hi === Infinity) return or('any number')
  if (lo === -Infinity) return or(`up to ${numberText(hi)}`)
  return hi === Infinity ? or(`${numberText(lo)} or more`) : or(`${numberText(lo)} to ${numberText(hi)}`)
}
/** Bounds are slightly wider than the values: this restores the round number that was meant. */
function numberText(value: number): string {
  const round = Number(value.toPrecision(4))
  return String((Math.abs(round - value) <= Math.abs(value) * 2e-6 ? round : Number(value.toPrecision(9))) + 0)
}

/** The unit, in words. */
export function describeUnit({ unit, toScale, type }: Meaning): string {
  if (unit === null) return type === 'scalar' ? 'a bare number' : 'unknown'
  if (unit.dim === 'mixed') return 'mixed'
  const name = unit.dim === 'count' ? 'a count' : unitName(unit).replace(/^\/s$/, 'per second') || unit.dim
  return toScale ? name : `${unit.dim}, scaled by a bare number`
}

const reasons: Readonly<Record<Absence, string>> = {
  down: 'if its target is down',
  unset: 'until the bot has set it',
  filtered: 'if a comparison, a match or too few samples leave nothing',
}

/** When it can yield nothing, in words. */
export function describeAbsence({ absent, never, type }: Meaning): string {
  if (never !== null) return `always: ${never}`
  if (absent.length === 0) return type === 'string' ? '' : 'never'
  return Object.entries(reasons)
    .filter(([reason]) => absent.includes(reason as Absence))
    .map(([, words]) => words)
    .join('; ')
}

/** The type of the value and the maximum number of series. */
export function describeType({ type, series, samples }: Meaning): string {
  if (type === 'scalar') return 'a number'
  if (type === 'string') return 'a string'
  const many = series === Infinity ? 'any number of' : `at most ${series}`
  return type === 'vector'
    ? `${many} series`
    : `${many} series with ${samples === Infinity ? 'any number of' : `at most ${samples}`} samples each`
}

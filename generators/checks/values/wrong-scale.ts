import type { Unit } from '../../../definitions/language/unit.ts'
import { describeUnit } from '../../meaning/describe.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { type Compared, comparisons, remark } from '../parts.ts'

/** A limit that is meant in another scale of the same dimension: milliseconds against seconds, percent against a share. */
export const wrongScale = expressionCheck({
  code: 'BW406',
  name: 'wrong-scale',
  severity: 'error',
  finds: 'A limit is a power of ten away from what the unit of the value can mean',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    comparisons(expression).flatMap((one) => {
      const { of, what } = one
      if (what.unit === null || !what.toScale || of.never !== null || what.never !== null) return []
      const why = mistaken(one, what.unit, what)
      return why === null
        ? []
        : [
            remark(
              expression,
              of,
              `it is in ${describeUnit(what) || what.unit.dim}, and ${why}`,
              'write the limit in its unit',
            ),
          ]
    }),
})

function mistaken({ limit }: Compared, { dim, num, den }: Unit<string>, of: Meaning): string | null {
  const size = Math.abs(limit)
  const shown = String(limit)
  if (size === 0) return null
  if (dim === 'timestamp') {
    // 2001 and 5138, in seconds
    if (size >= 1e11) return `${shown} is milliseconds since 1970: a thousand times too much`
    return size < 1e9 ? `${shown} seconds since 1970 are long ago: time() - … is an age` : null
  }
  // a hundred times as much is no share, whatever it is a share of; up to that whole numbers are most likely meant in percent
  const share = (size * num) / den
  if (dim === 'ratio' && (share > 100 || (num === den && size >= 5 && Number.isInteger(limit))))
    return `${shown} is ${Number((share * 100).toPrecision(6))} %: a share is 1 at most`
  if (dim === 'ratio' && num * 100 === den)
    return size < 0.1 && of.values.hi > 1
      ? `${shown} is a share: ${Number((size * 100).toPrecision(6))} % is ${Number((size * 100).toPrecision(6))}`
      : null
  if (dim === 'ratio' && num * 10_000 === den)
    return size < 0.1
      ? `${shown} of a basis point is next to nothing: ${Number((size * 10_000).toPrecision(6))} bp may be meant`
      : null
  if (dim === 'time' && num === den) return size >= 3e8 ? `${shown} s are ${Math.round(size / 31_536_000)} years` : null
  if (dim === 'time' && num * 1000 === den)
    return size < 0.1 ? `${shown} ms are next to nothing: ${size * 1000} may be meant` : null
  if (dim === 'bytes' && num === den) return size < 1024 && size > 1 ? `${shown} bytes are next to nothing` : null
  return null
}

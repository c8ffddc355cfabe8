import { firstMilliseconds } from '../../../definitions/language/timestamp.ts'
import type { Unit } from '../../../definitions/language/unit.ts'
import { describeUnit } from '../../meaning/describe.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { asksFor, type LimitComparison, limitComparisons, remark } from '../parts.ts'

/** A limit in another scale of the same dimension: milliseconds for seconds, percent for a ratio. */
export const wrongScale = expressionCheck({
  code: 'BW406',
  name: 'wrong-scale',
  severity: 'error',
  finds: 'A limit is off by a power of ten for the unit of the value',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    limitComparisons(expression).flatMap((one) => {
      const { of, what, number } = one
      if (what.unit === null || !what.toScale || of.never !== null || what.never !== null) return []
      const found = mistaken(one, what.unit)
      if (found === null) return []
      const unit = isShare(what.unit) ? 'a ratio (1 = 100 %)' : `in ${describeUnit(what) || what.unit.dim}`
      return [remark(expression, number, `the value is ${unit}, ${found.why}`, found.fix)]
    }),
})

/** Whether values of a unit are ratios where 1 is 100 %, not percent or basis points. */
export const isShare = ({ dim, num, den }: Unit<string>): boolean => dim === 'ratio' && num === den

/** How to write a limit that was meant in percent as a ratio. */
export const asShare = (limit: number): string => `write ${rounded(limit / 100)} for ${limit} %`

interface Mistaken {
  readonly why: string
  readonly fix: string
}

function mistaken({ limit, what }: LimitComparison, unit: Unit<string>): Mistaken | null {
  const { dim, num, den } = unit
  const size = Math.abs(limit)
  if (size === 0) return null
  if (dim === 'timestamp') {
    if (size >= firstMilliseconds)
      return {
        why: `but ${limit} looks like milliseconds: a thousand times too large`,
        fix: `write ${rounded(limit / 1000)}`,
      }
    // 2001
    return size < 1e9
      ? { why: `so ${limit} is long in the past`, fix: 'compare an age in seconds instead: time() - …' }
      : null
  }
  // a hundred times the whole is never a ratio, whatever it is a ratio of; below that, whole numbers are most likely percent
  const share = (size * num) / den
  if (dim === 'ratio' && (share > 100 || (num === den && size >= 5 && Number.isInteger(limit))))
    return num === den
      ? { why: `so ${limit} means ${rounded(share * 100)} %`, fix: asShare(limit) }
      : { why: `so ${limit} is ${rounded(share)} times the whole`, fix: 'write the limit in that unit' }
  if (dim === 'ratio' && num * 100 === den)
    return size < 0.5 && isPartOfWhole(what)
      ? {
          why: `so ${limit} is close to nothing: it looks like a ratio (1 = 100 %)`,
          fix: `write ${rounded(limit * 100)} for ${rounded(limit * 100)} %`,
        }
      : null
  if (dim === 'ratio' && num * 10_000 === den)
    return size < 0.1
      ? {
          why: `so ${limit} is close to nothing: it looks like a ratio (1 = 100 %)`,
          fix: `write ${rounded(limit * 10_000)} for ${rounded(limit * 100)} %`,
        }
      : null
  if (dim === 'time' && num === den)
    return size >= 3e8
      ? { why: `so ${limit} is ${Math.round(size / 31_536_000)} years`, fix: 'write the limit in seconds' }
      : null
  if (dim === 'time' && num * 1000 === den)
    return size < 0.1
      ? { why: `so ${limit} is close to nothing`, fix: `write ${rounded(limit * 1000)} for ${limit} s` }
      : null
  if (dim === 'bytes' && num === den)
    return size < 1024 && size > 1
      ? { why: `so ${limit} is close to nothing`, fix: `write ${limit * 2 ** 20} for ${limit} MiB` }
      : null
  return null
}

const rounded = (value: number): number => Number(value.toPrecision(6))

const parts = /(^|_)(drawdown|used|usage|utili[sz]ation|free|available|cpu|memory|disk|full|filled|margin)(_|$)/

/** Whether the names say that it is a part of a whole: for a fee or a spread, a tenth of a percent is an everyday limit. */
function isPartOfWhole(of: Meaning): boolean {
  const asked = asksFor(of)
  return of.values.hi > 1 && asked.length > 0 && asked.every(({ node }) => parts.test(node.name))
}

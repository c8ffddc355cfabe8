import { pinnedValue, sizeOf } from '../../meaning/domain.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { asksFor, parts, remark } from '../parts.ts'

/** A ratio whose total is narrowed to the part: both sides match on the label that the part fixes to one value. */
export const pinnedRatio = expressionCheck({
  code: 'BW203',
  name: 'ratio-of-itself',
  severity: 'error',
  finds: 'A ratio matches on a label that its left side fixes to one value, so the total is only that part',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'binary').flatMap((of) => {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (of.node.op !== '/' || left.type !== 'vector' || right.type !== 'vector' || of.never !== null) return []
      const names = new Set(asksFor(right).map(({ node }) => node.name))
      if (!asksFor(left).some(({ node }) => names.has(node.name))) return []
      const how = of.node.matching
      const matchedOn = (label: string) =>
        how === null ? true : how.word === 'on' ? how.labels.includes(label) : !how.labels.includes(label)
      const [label] = [...left.labels]
        .filter(([name, domain]) => name !== '__name__' && matchedOn(name) && pinnedValue(domain) !== null)
        .map(([name]) => name)
        .filter((name) => {
          const other = right.labels.get(name)
          return other !== undefined && sizeOf(other) > 1
        })
      if (label === undefined) return []
      const value = pinnedValue(left.labels.get(label) as never)
      return [
        remark(
          expression,
          of,
          `both sides match on ${label}, which is ${JSON.stringify(value)} on the left: the right side is narrowed to the same value, so the ratio divides a part by itself`,
          `aggregate ${label} away on both sides, such as sum without (${label}) (…)`,
        ),
      ]
    }),
})

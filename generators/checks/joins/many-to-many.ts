import { sizeOf } from '../../meaning/domain.ts'
import { domainOf } from '../../meaning/labels.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { isSet, parts, remark } from '../parts.ts'

/** Several series on a side that may have only one per match: as soon as that happens, Prometheus fails the whole evaluation. */
export const manyToMany = expressionCheck({
  code: 'BW202',
  name: 'join-many-to-many',
  severity: 'error',
  finds: 'Several series can match where only one may, and the evaluation fails as soon as they do',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'binary').flatMap((of) => {
      const [left, right] = of.of as readonly [Meaning, Meaning]
      if (isSet(of.node.op) || left.type !== 'vector' || right.type !== 'vector' || of.never !== null) return []
      const how = of.node.matching
      const ignored = how?.word === 'ignoring' ? how.labels : []
      const on = how?.word === 'on' ? how.labels : null
      const group = how?.group ?? null
      const loose = (side: Meaning) =>
        (side.key ?? []).filter(
          (label) =>
            (on === null ? label === '__name__' || ignored.includes(label) : !on.includes(label)) &&
            sizeOf(domainOf(side.labels, label)) > 1,
        )
      const sides = [
        ...(group === 'left' ? [] : [{ side: 'left', labels: loose(left) }]),
        ...(group === 'right' ? [] : [{ side: 'right', labels: loose(right) }]),
      ].filter(({ labels }) => labels.length > 0)
      return sides
        .slice(0, 1)
        .map(({ side, labels }) =>
          remark(
            expression,
            of,
            `several series on the ${side} side can match one on the other: they differ in ${labels.map(called).join(', ')}, and Prometheus refuses to evaluate that`,
            labels.includes('__name__')
              ? 'select one metric name'
              : group === null && sides.length === 1
                ? `match on ${labels.join(', ')} too, aggregate it away, or use group_${side}`
                : `match on ${labels.join(', ')} too, or aggregate it away`,
          ),
        )
    }),
})

const called = (label: string) => (label === '__name__' ? 'their name' : label)

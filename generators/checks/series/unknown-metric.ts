import { tookPlaceOf } from '../../meaning/world.ts'
import { nearest } from '../../text/nearest.ts'
import { expressionCheck } from '../check.ts'
import type { Remark } from '../checked-expression.ts'
import type { AnalysedExpression } from '../expression.ts'
import { parts, remark, selectorFamilies } from '../parts.ts'

/** A name that nothing exposes: the query stays empty, and an alert on it looks healthy. */
export const unknownMetric = expressionCheck({
  code: 'BW101',
  name: 'unknown-metric',
  severity: 'error',
  finds: 'An expression uses a metric name that nothing exposes',
  needs: 'contract',
  roles: null,
  look: (expression) =>
    parts(expression, 'selector')
      .filter(({ node }) => selectorFamilies(expression, node).length === 0)
      .map((of) => {
        const { name, matchers } = of.node
        const { from } = expression.spanOf(of)
        const { families, records } = expression.world
        const all = [...families.keys(), ...records.keys()]
        const longer = all.filter((one) => one.startsWith(`${name}_`) || (name !== '' && one === `${name}_total`))
        const replaced = tookPlaceOf(expression.world, name)
        if (replaced !== null)
          return {
            ...remark(expression, of, `${name} is retired: ${replaced}`, 'use its replacement'),
            to: from + name.length,
          }
        const missing = notOfSigned(expression, name)
        if (missing !== null) return { ...remark(expression, of, missing.message, missing.fix), to: from + name.length }
        const asked = name === '' ? (matchers.find(({ label }) => label === '__name__')?.value ?? '') : name
        const found = remark(expression, of, `nothing exposes ${asked}, so this never yields anything`)
        const shorter = all.filter(
          (one) => name.startsWith(`${one}_`) && /^_(total|bucket|sum|count)$/.test(name.slice(one.length)),
        )
        const near = [...longer, ...shorter]
        const meant = near.length > 0 && near.length < 4 ? `did you mean ${near.join(', ')}?` : nearest(name, all)
        return {
          ...found,
          to: name === '' ? found.to : from + name.length,
          fix: meant === '' ? 'declare it, or use a name that exists' : meant,
        }
      }),
})

/** Why a histogram of values below zero has no `_sum` and no `_count`, and what to use instead; null for other names. */
function notOfSigned({ family }: AnalysedExpression, name: string): Pick<Remark, 'message' | 'fix'> | null {
  const [, base, suffix] = /^(.*)_(sum|count)$/.exec(name) ?? []
  if (base === undefined || family(`${base}_bucket`)?.metric?.signed !== true) return null
  const bucket = `${base}_bucket`
  return {
    message: `${base} has bounds below 0, and such a histogram exposes only ${bucket}: ${suffix === 'sum' ? 'a sum that can decrease is not a counter' : 'without a sum there is no count either'}`,
    fix:
      suffix === 'count'
        ? `use ${bucket}{le="+Inf"}, which counts every observation`
        : `use a quantile of ${bucket}, or count gains and losses in two counters`,
  }
}

import { single } from '../../meaning/interval.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { expressionCheck } from '../check.ts'
import { calls, parts, remark } from '../parts.ts'

const functions = new Set(['histogram_quantile', 'quantile_over_time'])

/** A quantile in percent, or below zero: Prometheus returns infinity, which passes every limit or none. */
export const noQuantile = expressionCheck({
  code: 'BW308',
  name: 'no-quantile',
  severity: 'error',
  finds: 'A quantile is not between 0 and 1',
  needs: 'text',
  roles: null,
  look: (expression) =>
    [
      ...calls(expression, functions).map((of) => ({ of, called: `${of.node.fn}()` })),
      ...parts(expression, 'aggregate')
        .filter(({ node }) => node.op === 'quantile')
        .map((of) => ({ of, called: 'quantile()' })),
    ].flatMap(({ of, called }) => {
      const share = of.of[0] as Meaning
      const asked = share.type === 'scalar' ? single(share.values) : null
      if (asked === null || (asked >= 0 && asked <= 1)) return []
      const infinite = asked < 0 ? '-Inf' : '+Inf'
      return [
        remark(
          expression,
          share,
          `${called} takes a quantile between 0 and 1; ${asked} always yields ${infinite}`,
          asked > 1 && asked <= 100
            ? `write ${Number((asked / 100).toPrecision(12))} for ${asked} %`
            : 'use a value such as 0.95',
        ),
      ]
    }),
})

import { milliseconds } from '../../../definitions/language/duration.ts'
import { compareIntervals } from '../../meaning/binary.ts'
import { exactly, hasNumber } from '../../meaning/interval.ts'
import { expressionCheck } from '../check.ts'
import { is, limitComparisons, remark, selectorFamilies } from '../parts.ts'

/** A gauge that has a value before it is first set, and an alert that fires on that value. */
export const gaugeBeforeSet = expressionCheck({
  code: 'BW409',
  name: 'gauge-before-first-set',
  severity: 'warning',
  finds: 'An alert fires on the value a gauge has before it is first set',
  needs: 'contract',
  roles: ['alert'],
  look: (expression) =>
    limitComparisons(expression).flatMap(({ of, what, op, limit }) => {
      if (!is(what, 'selector') || what.node.range !== null) return []
      const metric = selectorFamilies(expression, what.node)[0]?.metric
      if (metric == null || metric.kind !== 'gauge' || metric.initially === null) return []
      if (metric.unit.dim === 'flag' || !hasNumber(compareIntervals(op, exactly(metric.initially), exactly(limit))))
        return []
      // series with closed labels or none have it from the start; the definition may say how long until the first set
      const within = metric.mustBeSetWithin === null ? 60_000 : (milliseconds(metric.mustBeSetWithin) ?? 0)
      if (expression.use.for >= within) return []
      return [
        remark(
          expression,
          of,
          metric.expiresAfter === null
            ? `${metric.name} is ${metric.initially} until it is first set, which is ${op} ${limit}: this fires at every start of the bot`
            : `${metric.name} is ${metric.initially} until it is first set, and again when it was not set for ${metric.expiresAfter}, which is ${op} ${limit}: this fires at every start of the bot, and whenever nothing sets it`,
          metric.expiresAfter === null
            ? 'remove `initially`, so that the gauge is absent until it is set, or add a `for` that lasts until then'
            : 'remove `initially`, so that the gauge is absent while no value is true, or add a `for` that lasts until the next one',
        ),
      ]
    }),
})

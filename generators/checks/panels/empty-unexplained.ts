import { milliseconds } from '../../../definitions/language/duration.ts'
import type { Metric } from '../../../definitions/language/metric.ts'
import { single } from '../../meaning/interval.ts'
import type { Meaning } from '../../meaning/meaning.ts'
import { botCheck } from '../check.ts'
import type { Remark } from '../checked-expression.ts'
import type { AnalysedExpression } from '../expression.ts'
import { is, isCallOf, isComparison, type Of, operand, remark, selectorFamilies } from '../parts.ts'
import { panelSubject } from '../subjects.ts'

/** A panel without data looks like a failure, unless it says what it means. */
export const emptyUnexplained = botCheck({
  code: 'BW707',
  name: 'empty-unexplained',
  severity: 'warning',
  finds: 'A panel can be empty while all is well, and does not say what that means',
  look: ({ panels }) =>
    panels.flatMap(({ panel, shown }) => {
      if (panel.emptyMeans !== null || shown.length === 0) return []
      // one query with data is enough to show something
      const reasons = shown.map(({ looked: { text, expression } }) => {
        const why = expression === null ? null : emptyWithin(expression, expression.meaning)
        return why === null ? null : { text, why }
      })
      const [first] = reasons
      if (first === null || first === undefined || reasons.includes(null)) return []
      const { text, why } = first
      return [
        {
          subject: panelSubject(panel),
          message: `it is empty while ${why.message}, and does not say what that means: someone who opens it at night cannot tell it from a failure`,
          fix: "say it in emptyMeans, such as 'no orders were rejected'",
          in: { text, from: why.from, to: why.to },
        },
      ]
    }),
})

/** The part of an expression that can yield nothing while all is well, and when it does; null if there is none. */
function emptyWithin(expression: AnalysedExpression, of: Meaning): Remark | null {
  // what never yields anything has a finding of its own
  if (of.absent.length === 0 || of.never !== null) return null
  if (is(of, 'selector')) return missing(expression, of)
  if (isCallOf(of, absences)) return remark(expression, of, `${of.node.fn}() finds its series`)
  if (!is(of, 'binary')) {
    const inner = is(of, 'aggregate') ? of.of.at(-1) : operand(of)
    return inner === undefined ? null : emptyWithin(expression, inner)
  }
  const [left, right] = of.of as readonly [Meaning, Meaning]
  const { op, bool } = of.node
  const either = () => emptyWithin(expression, left) ?? emptyWithin(expression, right)
  if (op === 'or') return emptyWithin(expression, right) === null ? null : emptyWithin(expression, left)
  if (op === 'unless')
    return (
      emptyWithin(expression, left) ?? remark(expression, of, 'the right side of `unless` has every series of the left')
    )
  if (isComparison(op) && !bool)
    return (
      either() ?? (picksState(expression, of, right) ? null : remark(expression, of, 'no value passes this comparison'))
    )
  return either()
}

const absences = new Set(['absent', 'absent_over_time'])

/** Whether it keeps the current state of a state set, or the one value of an info: there always is one. */
function picksState(expression: AnalysedExpression, { node, of: [left] }: Of<'binary'>, right: Meaning): boolean {
  if (left === undefined || !is(left, 'selector') || node.op !== '==' || single(right.values) !== 1) return false
  const families = selectorFamilies(expression, left.node)
  return families.length > 0 && families.every(({ type }) => type === 'state' || type === 'info')
}

/** A selected metric that its definition allows to be absent for long. */
function missing(expression: AnalysedExpression, of: Meaning): Remark | null {
  if (!is(of, 'selector')) return null
  const recorded = expression.record(of.node.name)
  if (recorded !== null) {
    const why = emptyWithin(expression, recorded)
    return why === null ? null : { ...remark(expression, of, why.message) }
  }
  const families = selectorFamilies(expression, of.node)
  const absent = families.flatMap(({ metric }) => (metric !== null && isAbsentForLong(metric) ? [metric] : []))
  const [first] = absent
  if (first === undefined || absent.length < families.length) return null
  return remark(expression, of, `${first.name} is absent (${first.mayBeAbsent?.because})`)
}

/** Not only while a bot starts. */
const long = 3_600_000

const isAbsentForLong = ({ mayBeAbsent }: Metric): boolean =>
  mayBeAbsent !== null && (mayBeAbsent.for === 'forever' || (milliseconds(mayBeAbsent.for) ?? 0) >= long)
